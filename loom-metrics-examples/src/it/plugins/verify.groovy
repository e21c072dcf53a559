// What the program's pages say is what docs/plugins.md says, but for how long the check took.
def page = new File(basedir, '../../../../docs/plugins.md').getText('UTF-8')
def block = { String kind, int number -> (page =~ /(?s)```${kind}\n(.*?)```/)[number][1].trim() }
def log = new File(basedir, 'build.log').readLines('UTF-8')
def printed = { String what -> log.findAll { it.startsWith(what + ': ') }.collect { it.substring(what.length() + 2) } }
def timeless = { String text -> text.replaceAll(/"duration_seconds":\d+\.\d+/, '"duration_seconds":T') }

assert printed('page') == block('text', 1).readLines()
assert printed('health').collect(timeless) == [timeless(block('json', 0))]
assert printed('jar').size() == 1 && printed('jar')[0].endsWith('custom-plugin-1.jar')
