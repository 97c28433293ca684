import BundleFormat
import Testing

@testable import NodeState

@Suite struct ClusterFilesTests {
  private func guests(_ capture: Capture) throws(ParseError) -> [GuestList.Entry] {
    try GuestList.parse(capture.bytes, from: capture.origin).guests
  }

  private func members(_ capture: Capture) throws(ParseError) -> Membership {
    try Membership.parse(capture.bytes, from: capture.origin)
  }

  @Test func `the list says where each guest lives`() throws {
    #expect(try guests(Capture("pve-vmlist/thin-local")).count == 6)
    let guests = try guests(Capture("pve-vmlist/shared-thick"))
    #expect(guests.count == 10)
    #expect(guests.first { $0.id == GuestID(104) }?.node == "pve2")
    #expect(try self.guests(Capture("pve-vmlist/thin-local")).last?.kind == .container)
  }

  @Test func `a cluster without guests has none`() throws {
    #expect(try guests(Capture(text: "{\n\"version\": 1\n}\n")).isEmpty)
  }

  @Test(arguments: [
    "", "{}", "[]", #"{"version":1,"ids":[]}"#,
    #"{"version":1,"ids":{"99":{"node":"a","type":"qemu"}}}"#,
    #"{"version":1,"ids":{"100":{"node":"a","type":"xen"}}}"#,
    #"{"version":1,"ids":{"100":{"type":"qemu"}}}"#,
  ])
  func `another document is no list`(text: String) {
    #expect(refusal { () throws(ParseError) in _ = try guests(Capture(text: text)) } != nil)
  }

  @Test func `files that break off are refused`() {
    #expect(
      refusal { () throws(ParseError) in _ = try guests(Capture("pve-vmlist/truncated")) } != nil)
    #expect(
      refusal { () throws(ParseError) in _ = try members(Capture("pve-members/truncated")) } != nil)
  }

  @Test func `a node alone needs no quorum, a cluster has it or not`() throws {
    let alone = try members(Capture("pve-members/alone"))
    #expect(alone.nodeName == "pve1" && alone.cluster == nil && alone.isQuorate)
    let cluster = try members(Capture("pve-members/cluster"))
    #expect(cluster.cluster?.name == "lab" && cluster.isQuorate)
    #expect(cluster.cluster?.nodes == ["pve1", "pve2"])
    let text = String(decoding: Capture("pve-members/cluster").bytes, as: UTF8.self)
    let lost = try members(Capture(text: text.replacing("\"quorate\": 1", with: "\"quorate\": 0")))
    #expect(!lost.isQuorate)
  }

  @Test(arguments: [
    #"{"nodename":""}"#, #"{"version":1}"#,
    #"{"nodename":"a","cluster":{"name":"b"},"nodelist":{}}"#,
    #"{"nodename":"a","nodelist":{}}"#, #"{"nodename":"a","cluster":{"name":"b","quorate":1}}"#,
  ])
  func `half a membership is none`(text: String) {
    #expect(refusal { () throws(ParseError) in _ = try members(Capture(text: text)) } != nil)
  }
}

@Suite struct RunningGuestsTests {
  private func machines(_ text: String) throws(ParseError) -> [MachineProcess] {
    let capture = Capture(text: text)
    return try MachineProcess.parse(capture.bytes, from: capture.origin)
  }

  private func containers(_ capture: Capture) throws(ParseError) -> [ContainerSocket] {
    try ContainerSocket.parse(capture.bytes.span, from: capture.origin)
  }

  private let process = """
    {"pid":12,"start":345,"id":"100","arg0":"/usr/bin/kvm","pidFile":"/run/qemu-server/100.pid",\
    "pidFileAgrees":true,"incoming":false,"paths":["/dev/pve/vm-100-disk-0"]}

    """

  @Test func `a process says its guest and its devices`() throws {
    let machines = try machines(process)
    #expect(machines[0].id == GuestID(100) && machines[0].pid == 12)
    #expect(machines[0].hasAgreeingPIDFile && !machines[0].isIncoming)
    #expect(machines[0].paths == ["/dev/pve/vm-100-disk-0"])
  }

  @Test func `a pid file without a process runs nothing, and no process is a fact`() throws {
    let dead = #"{"pid":12,"id":"100","pidFile":"/run/qemu-server/100.pid","alive":false}"#
    #expect(try machines(dead + "\n").isEmpty)
    #expect(try machines("").isEmpty)
    #expect(try machines(process.replacing("\"100\",", with: "null,"))[0].id == nil)
  }

  @Test func `one bad line, or half a one, makes the list unusable`() {
    for text in [
      "{\"pid\":12}\n", "nonsense\n", "[]\n", String(process.dropLast(1)),
      process.replacing("true", with: "1"), process + "{\n",
      process.replacing("[\"", with: "[1,\""),
    ] {
      #expect(refusal { () throws(ParseError) in _ = try machines(text) } != nil, "\(text)")
    }
  }

  @Test func `a container's command socket says that it runs`() throws {
    let sockets = try containers(Capture("container-sockets/thin-local"))
    #expect(sockets.map(\.id) == [GuestID(110)])
    #expect(try containers(Capture(text: "")).isEmpty)
    let line = "0: 00000002 00000000 00010000 0001 01 1 @/var/lib/lxc/"
    let more = "\(line)111/command\n\(line)111/command\n\(line)other/command\n\(line)112/console\n"
    #expect(try containers(Capture(text: more)).map(\.id) == [GuestID(111)])
  }

  @Test func `other sockets and half a line are refused`() {
    for capture in [
      Capture("container-sockets/foreign"), Capture(text: "x @/var/lib/lxc/110/comm"),
    ] {
      #expect(refusal { () throws(ParseError) in _ = try containers(capture) } != nil)
    }
  }

  @Test func `held locks name their guest`() throws {
    let capture = Capture(text: #"{"id":"100","path":"/var/lock/x","pid":7}"# + "\n")
    let locks = try HeldGuestLock.parse(capture.bytes, from: capture.origin)
    #expect(locks.map(\.id) == [GuestID(100)] && locks[0].pid == 7)
    let others = Capture(
      text: #"{"id":"x","pid":7}"# + "\n" + #"{"id":"101","pid":-1}"# + "\n")
    #expect(
      try HeldGuestLock.parse(others.bytes, from: others.origin).map(\.id) == [GuestID(101)])
    let odd = Capture(text: #"{"id":"100"}"# + "\n")
    #expect(
      refusal { () throws(ParseError) in
        _ = try HeldGuestLock.parse(odd.bytes, from: odd.origin)
      } == "test:1: expected a number as pid, found another object")
  }
}

@Suite struct ActiveTaskTests {
  private func tasks(_ text: String) throws(ParseError) -> [ActiveTask] {
    let capture = Capture(text: text)
    return try ActiveTask.parse(capture.bytes.span, from: capture.origin)
  }

  @Test func `a task without an end time is running`() throws {
    let tasks = try tasks(
      """
      UPID:pve1:0000048B:00001A2B:6B0347D5:vzdump:100:root@pam: 0
      UPID:pve1:0000048C:00001A2C:6B0347D6:qmigrate:101:root@pam: 1 6B0347F0 OK
      UPID:pve1:0000048D:00001A2D:6B0347D7:imgdel:102@local-lvm:root@pam: 0
      UPID:pve1:0000048E:00001A2E:6B0347D8:imgcopy:local-lvm:vm-103-disk-0:root@pam!tok: 0
      UPID:pve1:0000048F:00001A2F:6B0347D9:aptupdate::root@pam: 0

      """)
    #expect(tasks.map(\.type) == ["vzdump", "qmigrate", "imgdel", "imgcopy", "aptupdate"])
    #expect(tasks.map(\.isRunning) == [true, false, true, true, true])
    #expect(
      tasks.map(\.guestID) == [
        GuestID(100), GuestID(101), GuestID(102), GuestID(103), nil,
      ])
    #expect(tasks[3].subject == "local-lvm:vm-103-disk-0")
    #expect(tasks[0].startedAt == Timestamp(secondsSinceEpoch: 0x6B03_47D5))
  }

  @Test(
    arguments: [
      ("san:del-vm-104-disk-1", 104), ("san:snap_vm-105-disk-0_x", 105),
      ("san:base-106-disk-0/vm-107-disk-0", 107), ("lvm-500:vm-108-disk-0", 108), ("lvm-500", nil),
      ("vm-109-disk-0", 109),
    ] as [(String, Int?)])
  func `a task's guest is told by the volume's name, not by the storage's`(
    subject: String, guest: Int?
  ) throws {
    let line = "UPID:pve1:0000048B:00001A2B:6B0347D5:imgdel:\(subject):root@pam: 0\n"
    #expect(try tasks(line).map(\.guestID) == [guest.flatMap { GuestID($0) }])
  }

  @Test func `no line is no task, and an odd line is refused`() throws {
    #expect(try tasks("").isEmpty)
    for text in ["UPID:pve1:1:2\n", "nonsense\n", "UPID:pve1:x:1:1:vzdump:100:root@pam: 0\n"] {
      #expect(refusal { () throws(ParseError) in _ = try tasks(text) } != nil)
    }
  }

  @Test func `a task that ran at either reading counts as running`() throws {
    let upid = "UPID:pve1:0000048B:00001A2B:6B0347D5:vzdump:100:root@pam:"
    let other = "UPID:pve1:0000048C:00001A2B:6B0347D5:vzdump:101:root@pam:"
    let joined = ActiveTask.joining(
      try tasks("\(upid) 0\n"), try tasks("\(upid) 1 6B0347F0 OK\n\(other) 0\n"))
    #expect(joined.map(\.isRunning) == [true, true])
    #expect(joined.map(\.guestID) == [GuestID(100), GuestID(101)])
  }
}

@Suite struct ListedGuestTests {
  private func machines(_ capture: Capture) throws(ParseError) -> [ListedGuest] {
    try ListedGuest.parseMachines(capture.bytes.span, from: capture.origin)
  }

  private func containers(_ capture: Capture) throws(ParseError) -> [ListedGuest] {
    try ListedGuest.parseContainers(capture.bytes.span, from: capture.origin)
  }

  @Test func `both lists are read`() throws {
    let machines = try machines(Capture("qm-list/thin-local"))
    #expect(machines.map(\.id.number) == [100, 101, 102, 9000])
    #expect(machines.map(\.isRunning) == [true, false, false, false])
    #expect(machines[0].name == "web" && machines[0].pid == 1163)
    let containers = try containers(Capture("pct-list/thin-local"))
    #expect(containers.map(\.isRunning) == [true, false])
    #expect(containers.map(\.name) == ["ct-up", "ct-down"])
  }

  @Test func `names with a blank, long names and locks shift nothing`() throws {
    let line = "       100 VM 100               running    512                1.00 7\n"
    #expect(try machines(Capture(text: line))[0].name == "VM 100")
    let locked = "110        stopped    backup       ct\n"
    let container = try containers(Capture(text: locked))[0]
    #expect(container.name == "ct" && container.status == "stopped")
  }

  @Test func `nothing at all is no guest`() throws {
    #expect(try machines(Capture(text: "")).isEmpty)
    #expect(try containers(Capture(text: "")).isEmpty)
  }

  @Test func `lists that break off and other lists are refused`() {
    for name in ["qm-list/truncated", "dmsetup-info/hostile"] {
      #expect(refusal { () throws(ParseError) in _ = try machines(Capture(name)) } != nil)
    }
    for name in ["pct-list/truncated", "qm-list/thin-local"] {
      #expect(refusal { () throws(ParseError) in _ = try containers(Capture(name)) } != nil)
    }
  }
}
