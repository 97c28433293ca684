import Testing

@testable import Analysis

@Suite struct DevicePositionsTests {
  @Test func `a mapping is found by its device, whatever its major number`() {
    let positions = DevicePositions([
      Make.mapping("a", device: "253:7"), Make.mapping("b", device: "253:0"),
      Make.mapping("c", device: "252:7"),
    ])
    #expect(positions[Make.device("253:7")] == 0)
    #expect(positions[Make.device("253:0")] == 1)
    #expect(positions[Make.device("252:7")] == 2)
  }

  @Test(arguments: ["253:1", "253:8", "8:7", "252:0"])
  func `any other device is no mapping`(device: String) {
    let positions = DevicePositions([
      Make.mapping("a", device: "253:7"), Make.mapping("b", device: "252:7"),
    ])
    #expect(positions[Make.device(device)] == nil)
    #expect(DevicePositions([])[Make.device(device)] == nil)
  }

  @Test func `of two mappings with one number the first counts`() {
    let positions = DevicePositions([
      Make.mapping("a", device: "253:7"), Make.mapping("b", device: "253:7"),
    ])
    #expect(positions[Make.device("253:7")] == 0)
  }
}
