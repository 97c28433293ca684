import BundleFormat
import Testing

@Suite struct TimestampTests {
  @Test(arguments: [
    ("2026-11-22T19:54:00Z", "2026-11-22T19:54:00Z"),
    ("2026-11-22T19:54:00.999Z", "2026-11-22T19:54:00Z"),
    ("2026-11-22 15:39:37 +0000", "2026-11-22T15:39:37Z"),
    ("2026-03-01T00:30:00+01:00", "2026-02-28T23:30:00Z"),
    ("2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"),
    ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00Z"),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"),
    ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    // A leap second is the next one's first, as the kernel counts.
    ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
    ("2017-01-01T08:59:60+09:00", "2017-01-01T00:00:00Z"),
  ])
  func `a moment is read and printed`(text: String, printed: String) {
    #expect(Timestamp(text)?.description == printed)
  }

  @Test(arguments: [
    "", "now", "2026-11-22", "2026-11-22T19:54Z", "2026-11-22T19:54:00", "2026-11-22T19:54:00+1",
    "2026-02-29T00:00:00Z", "2026-02-30T00:00:00Z", "2026-04-31T00:00:00Z", "2100-02-29T00:00:00Z",
    "2026-00-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z",
    "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z",
    // No leap second is there, or it is in the year 10000.
    "2026-01-01T12:00:60Z", "2026-01-01T23:59:60+01:00", "9999-12-31T23:59:60Z",
    "0000-01-01T00:00:00Z", "0000-12-31T23:59:59Z", "0000-01-01T00:00:00+23:59",
    "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "2026-01-01T00:00:00+24:00",
    "2026-01-01T00:00:00+00:60",
  ])
  func `what is no moment, or in no year of four digits, is refused`(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func `parts that make no date are refused alike`() {
    func make(_ year: Int, _ month: Int, _ day: Int, second: Int = 0) -> Timestamp? {
      Timestamp(year: year, month: month, day: day, hour: 23, minute: 59, second: second)
    }
    #expect(make(2024, 2, 29)?.description == "2024-02-29T23:59:00Z")
    #expect(make(2023, 2, 29) == nil)
    #expect(make(2023, 6, 31) == nil)
    #expect(make(0, 6, 1) == nil)
    #expect(make(10_000, 1, 1) == nil)
    #expect(make(2016, 12, 31, second: 60)?.description == "2017-01-01T00:00:00Z")
    #expect(make(9999, 12, 31, second: 60) == nil)
  }
}
