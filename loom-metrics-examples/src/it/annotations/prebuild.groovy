// The page's program is the project's; its plugin must be the one that the project has.
def page = new File(basedir, '../../../../docs/annotations.md').getText('UTF-8')
def block = { String kind, int number -> (page =~ /(?s)```${kind}\n(.*?)```/)[number][1] }

def squeeze = { String text -> text.replaceAll(/\s+/, '') }
def pom = new File(basedir, 'pom.xml').getText('UTF-8')
assert squeeze(pom).contains(squeeze(block('xml', 0))) : "the page's plugin is not the one of this build"
assert block('sh', 0).contains('-javaagent:loom-metrics-core-agent.jar')

def sources = new File(basedir, 'src/main/java')
sources.mkdirs()
new File(sources, 'Tales.java').setText(block('java', 0), 'UTF-8')

// The page's call to attach, before the program.
def (imports, call) = block('java', 1).split('\n\n')
new File(sources, 'Attached.java').setText("""
${imports}

public class Attached {
    public static void main(String[] args) {
        ${call}
        Tales.main(args);
    }
}
""", 'UTF-8')
