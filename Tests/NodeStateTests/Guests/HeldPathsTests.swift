import Testing

@testable import NodeState

@Suite struct HeldPathsTests {
  /// Two lines as the probe writes them, and one that only JSON's grammar reads.
  private let text = """
    {"pid":12,"start":1,"id":"100","arg0":"kvm","pidFile":"/run/100.pid","pidFileAgrees":true,\
    "incoming":false,"paths":["/dev/a/b","/dev/kvm"]}
    {"pid":13,"start":1,"id":"101","arg0":"kvm","pidFile":"/run/101.pid","pidFileAgrees":true,\
    "incoming":false,"paths":["/dev/kvm","/dev/c/d"]}
    { "pid":14,"start":1,"id":"102","arg0":"kvm","pidFile":"/run/102.pid","pidFileAgrees":true,\
    "incoming":false,"paths":["/dev/c/d","/dev/e/\\u0066","/dev/kvm"]}

    """

  @Test func `a path is the first process's that has it`() throws {
    let capture = Capture(text: text)
    let processes = try MachineProcess.parse(capture.bytes, from: capture.origin)
    let held = HeldPaths(processes)
    #expect(held["/dev/a/b"] == GuestID(100))
    #expect(held["/dev/kvm"] == GuestID(100))
    #expect(held["/dev/c/d"] == GuestID(101))
    #expect(held["/dev/e/f"] == GuestID(102))
    #expect(held["/dev/a"] == nil)
    let reversed = HeldPaths(processes.reversed())
    #expect(reversed["/dev/kvm"] == GuestID(102))
    #expect(reversed["/dev/c/d"] == GuestID(102))
  }

  @Test func `a process of nobody holds nothing`() throws {
    let capture = Capture(text: text.replacing("\"100\"", with: "null"))
    let held = HeldPaths(try MachineProcess.parse(capture.bytes, from: capture.origin))
    #expect(held["/dev/a/b"] == nil)
    #expect(held["/dev/kvm"] == GuestID(101))
  }
}
