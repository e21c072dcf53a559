// What the program printed is what the README says.
def readme = new File(basedir, '../../../../README.md').getText('UTF-8')
def expected = (readme =~ /(?s)```text\n(.*?)```/)[0][1].trim().readLines()
def printed = new File(basedir, 'build.log').readLines('UTF-8').findAll { it.startsWith('loom_') }
assert printed == expected
