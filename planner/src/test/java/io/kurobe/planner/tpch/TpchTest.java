package io.kurobe.planner.tpch;

/** TPC-H at scale 0.01. */
class TpchTest extends TpchSuite {
  TpchTest() {
    super(0.01, "tiny", "sf0.01");
  }
}
