// What the program printed is what the page says, once for each way to weave.
def page = new File(basedir, '../../../../docs/annotations.md').getText('UTF-8')
def expected = (page =~ /(?s)```text\n(.*?)```/)[0][1].trim().readLines()
def printed = new File(basedir, 'build.log').readLines('UTF-8').findAll { it.startsWith('story_told') }
assert printed == expected * 3
