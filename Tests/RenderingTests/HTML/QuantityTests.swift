import Analysis
import Testing

@testable import Rendering

struct QuantityTests {
  @Test func `sizes have three digits at most, and a unit`() {
    #expect(Quantity.bytes(0) == "0 B")
    #expect(Quantity.bytes(1_023) == "1023 B")
    #expect(Quantity.bytes(1_536) == "1.5 KiB")
    #expect(Quantity.bytes(67_108_864) == "64 MiB")
    #expect(Quantity.bytes(1_048_575) == "1 MiB")
    #expect(Quantity.bytes(.max) == "8 EiB")
    #expect(Quantity.bytes(-5) == "0 B")
  }

  @Test func `numbers are the same everywhere`() {
    #expect(Quantity.count(133_120) == "133,120")
    #expect(Quantity.count(-1_000) == "-1,000")
    #expect(Quantity.count(999) == "999")
    #expect(Quantity.decimal(7) == "7")
    #expect(Quantity.decimal(7.25) == "7.3")
    #expect(Quantity.decimal(-0.04) == "0")
    #expect(Quantity.decimal(.nan) == "–")
    #expect(Quantity.decimal(.infinity) == "–")
    #expect(Quantity.hundredths(1.694) == "1.69")
    #expect(Quantity.hundredths(0.05) == "0.05")
  }

  @Test func `times have their two largest units`() {
    #expect(Quantity.duration(seconds: 50) == "50 s")
    #expect(Quantity.duration(seconds: 3_700) == "1 h 1 min")
    #expect(Quantity.duration(seconds: 90_000) == "1 day 1 h")
    #expect(Quantity.duration(seconds: .max).hasSuffix("h"))
    #expect(Quantity.duration(seconds: -1) == "0 s")
  }

  @Test func `nouns agree with their number`() {
    #expect(Quantity.of(1, "mapping") == "1 mapping")
    #expect(Quantity.of(2_000, "mapping") == "2,000 mappings")
    #expect(Quantity.of(0, "entry", "entries") == "0 entries")
  }

  @Test func `a share is judged against both of its thresholds`() {
    #expect(Threshold.memory.level(of: 75) == .fine)
    #expect(Threshold.memory.level(of: 75.1) == .high)
    #expect(Threshold.memory.level(of: 95) == .veryHigh)
  }
}
