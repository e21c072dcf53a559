// The page's class and properties are the application's; its dependency must be the one that the project has.
def page = new File(basedir, '../../../../docs/adapters/spring-boot.md').getText('UTF-8')
def block = { String kind, int number -> (page =~ /(?s)```${kind}\n(.*?)```/)[number][1] }

def squeeze = { String text -> text.replaceAll(/\s+/, '') }
def pom = new File(basedir, 'pom.xml').getText('UTF-8')
assert squeeze(pom).contains(squeeze(block('xml', 0))) : "the page's dependency is not the one of this build"

def write = { String path, String text ->
    def file = new File(basedir, path)
    file.parentFile.mkdirs()
    file.setText(text, 'UTF-8')
}
write('src/main/resources/application.properties', block('properties', 0))
write('src/main/java/org/example/Tales.java', block('java', 0))
write('src/test/resources/expected.txt', block('text', 0))
write('src/test/java/org/example/HttpBeans.java', """
package org.example;

import io.loom.metrics.LoomMetrics;
import io.loom.metrics.binder.LoomServletFilter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

class HttpBeans {
    ${block('java', 1)}
}
""")
