import NodeState
import Testing

@testable import Analysis

@Suite struct DeviceUsesTests {
  private func user(_ pid: Int, of device: String) -> DeviceUser {
    DeviceUser(
      device: Make.device(device), kind: .openFile, pid: pid, detail: "kvm", location: Make.nowhere)
  }

  @Test func `the first user of each mapping is found, and how many there are`() {
    let mappings = [
      Make.mapping("a", device: "253:7"), Make.mapping("b", device: "253:0"),
      Make.mapping("c", device: "254:7"),
    ]
    let uses = DeviceUses(
      [user(1, of: "253:7"), user(2, of: "8:0"), user(3, of: "253:7"), user(4, of: "254:7")],
      of: mappings.count, DevicePositions(mappings))
    #expect(uses[Make.device("253:7")].map { [$0.first.pid, $0.count] } == [1, 2])
    #expect(uses[Make.device("254:7")].map { [$0.first.pid, $0.count] } == [4, 1])
    for device in ["253:0", "8:0", "253:9"] {
      #expect(uses[Make.device(device)] == nil && !uses.has(Make.device(device)))
    }
    #expect(uses.has(Make.device("253:7")))
  }
}
