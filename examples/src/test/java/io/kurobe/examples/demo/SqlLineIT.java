package io.kurobe.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** SQLLine, which knows nothing of Kurobe, with the packaged driver. */
@ExtendWith(RunningDemo.Extension.class)
class SqlLineIT {
  private static final String SCRIPT = "examples/tools/shop.sqlline";

  @Test
  void runsTheSampleScript(RunningDemo demo, @TempDir Path directory) throws Exception {
    String script = Project.read(SCRIPT).replace("jdbc:kurobe://127.0.0.1:8765", demo.url());
    Path file = Files.writeString(directory.resolve("shop.sqlline"), script);
    Project.Ended sqlLine =
        Project.java(
            "-Duser.home=" + directory,
            "-cp",
            Project.ROOT.resolve("examples/target/sqlline/*") + File.pathSeparator + Project.DRIVER,
            "sqlline.SqlLine",
            "--silent=true",
            "--outputformat=csv",
            "--run=" + file);
    assertThat(sqlLine.output())
        .doesNotContain("Error")
        .containsPattern("'shop','public','orders','TABLE'")
        .containsPattern("'shop','public','customers','id','")
        .containsPattern("'completed','\\d+'")
        .containsPattern("'phone','\\d+'")
        .containsPattern("'Norway','\\d+'");
  }
}
