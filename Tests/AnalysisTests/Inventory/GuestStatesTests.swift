import Testing

@testable import Analysis
@testable import NodeState

@Suite struct GuestStatesTests {
  private func process(_ guest: Int, _ paths: [String]) -> MachineProcess {
    MachineProcess(
      id: GuestID(guest), pid: guest, hasAgreeingPIDFile: true, paths: .texts(paths),
      isIncoming: false, location: Make.nowhere)
  }

  @Test func `a path that several guests hold is the lowest one's`() {
    let guests = GuestStates(
      machines: [
        process(200, ["/dev/a/x"]), process(100, ["/dev/a/y"]),
        process(100, ["/dev/a/x"]), process(300, ["/dev/a/x", "/dev/a/z"]),
      ], containers: [])
    #expect(guests.heldPaths["/dev/a/x"] == GuestID(100))
    #expect(guests.heldPaths["/dev/a/y"] == GuestID(100))
    #expect(guests.heldPaths["/dev/a/z"] == GuestID(300))
    #expect(guests.heldPaths["/dev/a/u"] == nil)
  }
}
