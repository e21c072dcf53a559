// That tests ran at all.
def ran = new File(basedir, 'build.log').readLines('UTF-8').any { it ==~ /.*Tests run: 1\d, Failures: 0, Errors: 0, Skipped: 0.*/ }
assert ran : 'fewer than ten tests ran, or some failed'
