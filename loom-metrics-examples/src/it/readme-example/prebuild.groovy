// The README's first block of Java is the program; its first block of XML must be the dependency that the project has.
def readme = new File(basedir, '../../../../README.md').getText('UTF-8')
def block = { String kind -> (readme =~ /(?s)```${kind}\n(.*?)```/)[0][1] }

def squeeze = { String text -> text.replaceAll(/\s+/, '') }
def pom = new File(basedir, 'pom.xml').getText('UTF-8')
assert squeeze(pom).contains(squeeze(block('xml'))) : "the README's dependency is not the one of this build"

def sources = new File(basedir, 'src/main/java')
sources.mkdirs()
new File(sources, 'Hello.java').setText(block('java'), 'UTF-8')
