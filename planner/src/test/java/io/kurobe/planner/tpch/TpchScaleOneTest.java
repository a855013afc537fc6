package io.kurobe.planner.tpch;

import java.time.Duration;
import org.junit.jupiter.api.Tag;

/** TPC-H at scale 1. */
@Tag("conformance")
class TpchScaleOneTest extends TpchSuite {
  TpchScaleOneTest() {
    super(1, "sf1", "sf1", Duration.ofMinutes(15));
  }
}
