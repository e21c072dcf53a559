// The page's plugin, the file that names it, and its program.
def page = new File(basedir, '../../../../docs/plugins.md').getText('UTF-8')
def block = { String kind, int number -> (page =~ /(?s)```${kind}\n(.*?)```/)[number][1] }
def write = { String path, String text ->
    def file = new File(basedir, path)
    file.parentFile.mkdirs()
    file.setText(text, 'UTF-8')
}

write('plugin/src/main/java/org/example/CustomMonitorPlugin.java', block('java', 0))
write('plugin/src/main/resources/META-INF/services/io.loom.metrics.health.MonitorPlugin', block('text', 0))
write('app/src/main/java/Tales.java', block('java', 1))
