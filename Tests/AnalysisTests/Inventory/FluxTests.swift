import Analysis
import NodeState
import Testing

@Suite struct FluxTests {
  private let ghost = "san-vm--122--disk--0"
  private let scenario = "case-01-clone-fails"

  private func task(_ type: String, _ subject: String) -> [String: String] {
    ["tasks-active": "UPID:pve1:0000C3F2:0004A1B2:6B02D904:\(type):\(subject):root@pam: 0\n"]
  }

  @Test func `two equal readings show nothing moving`() {
    let flux = assessment(of: scenario).inventory.flux
    #expect(flux.changedMappings.isEmpty && flux.changedGuests.isEmpty && flux.gaps.isEmpty)
  }

  @Test(arguments: [
    ("|253|0|1|", "|253|0|2|"), ("|L--w", "|L-sw"), ("Vm122", "Vm123"), ("|253|0|", "|253|9|"),
  ]) func `what differs in the second reading is in flux`(before: String, after: String) {
    let name = "second/dmsetup-info.txt"
    let first = String(
      decoding: Scenario.named(scenario)?.files["dmsetup-info.txt"] ?? [], as: UTF8.self)
    let opened = first.replacing(before: "|253|0|0|", after: "|253|0|1|")
    let second = before == "|253|0|1|" ? opened : first.replacing(before: before, after: after)
    #expect(second != first)
    let assessment = assessment(of: scenario, with: [name: second])
    #expect(assessment.rule(of: ghost) == "in-flux")
    #expect(assessment.steps.isEmpty)
  }

  @Test func `mappings that went, came or moved in the list are told apart`() throws {
    let name = "dmsetup-info.txt"
    let first = String(
      decoding: Scenario.named("overlap-through-path-and-map")?.files[name] ?? [], as: UTF8.self)
    let lines = first.split(separator: "\n").map(String.init)
    let gone = try #require(lines.first)
    let new = "new-mapping" + gone.dropFirst(gone.prefix { $0 != "|" }.count)
    let second = (lines.dropFirst() + [new]).joined(separator: "\n") + "\n"
    let flux = assessment(
      of: "overlap-through-path-and-map", with: ["second/dmsetup-info.txt": second]
    ).inventory.flux
    #expect(lines.count > 1)
    #expect(flux.changedMappings == [String(gone.prefix { $0 != "|" }): "it was gone"])
    #expect(flux.newMappings.map(\.name) == ["new-mapping"])
  }

  @Test func `another table in the second reading is in flux`() {
    let assessment = assessment(
      of: scenario, with: ["second/dmsetup-table.txt": "\(ghost): 0 2097152 linear 8:32 4098048\n"])
    #expect(assessment.rule(of: ghost) == "in-flux")
  }

  @Test(arguments: [
    ("dmsetup-info 2", "volumes-unknown"), ("dmsetup-table 2", "volumes-unknown"),
    ("guest-configs 2", "guests-unknown"), ("qemu-processes 2", "guests-unknown"),
    ("container-sockets 2", "guests-unknown"), ("tasks-active", "guests-unknown"),
    ("tasks-active 1", "guests-unknown"),
  ]) func `what could not be read a second time leaves unknown what may have been moving`(
    source: String, rule: String
  ) {
    let assessment = assessment(of: scenario, without: [source])
    #expect(assessment.rule(of: ghost) == rule)
    #expect(assessment.steps.isEmpty && assessment.grade.letter == nil)
    let missing = assessment.findings.filter { $0.rule.name == "source-missing" }.map(\.subject)
    #expect(missing == [source.split(separator: " ").first.map(String.init)])
  }

  @Test func `a second list of tasks that nobody understands leaves it unknown, too`() {
    let assessment = assessment(of: scenario, with: ["second/tasks-active": "nonsense\n"])
    #expect(assessment.rule(of: ghost) == "guests-unknown")
  }

  @Test func `a list of tasks that no verdict needs is not missed`() {
    let assessment = assessment(of: "running-disk", without: ["tasks-active"])
    #expect(!assessment.findings.contains { $0.rule.name == "source-missing" })
    #expect(assessment.grade.letter != nil)
  }

  @Test(arguments: [
    ("qmclone", "122"), ("imgdel", "122@fast"), ("imgcopy", "fast:vm-122-disk-0"),
  ]) func `a running task that names the guest is at work on it`(type: String, subject: String) {
    #expect(assessment(of: scenario, with: task(type, subject)).rule(of: ghost) == "in-flux")
  }

  @Test(arguments: [("qmclone", "123"), ("vncshell", ""), ("imgdel", "")])
  func `another guest's task is not`(type: String, subject: String) {
    #expect(assessment(of: scenario, with: task(type, subject)).rule(of: ghost) == "ghost-mapping")
  }

  @Test func `a backup of all guests may be at any guest of this node`() {
    #expect(
      assessment(of: "stopped-guest-shared", with: task("vzdump", "")).rule(
        of: "san-vm--100--disk--0") == "in-flux")
    #expect(
      assessment(of: "case-05-active-everywhere", with: task("vzdump", "")).rule(
        of: "san-vm--200--disk--0") == "moved-guest")
  }

  @Test func `a guest that started or stopped in between is in flux`() {
    let process = """
      {"pid":812,"start":1,"id":"100","arg0":"/usr/bin/kvm","pidFile":"/run/qemu-server/100.pid",\
      "pidFileAgrees":true,"incoming":false,"paths":[]}

      """
    let assessment = assessment(
      of: "stopped-guest-shared", with: ["second/qemu-processes.jsonl": process])
    #expect(assessment.rule(of: "san-vm--100--disk--0") == "in-flux")
  }

  @Test func `an emergency and a healthy disk are not replaced`() {
    let emergency = assessment(of: "lost-volume", with: task("qmstart", "109"))
    #expect(emergency.rule(of: "san-vm--109--disk--0") == "lost-volume")
    let healthy = assessment(of: "running-disk", with: task("vzdump", "100"))
    #expect(healthy.rule(of: "ssd-vm--100--disk--0") == "running-disk")
  }
}

extension String {
  /// The text with each occurrence of `before` exchanged.
  func replacing(before: String, after: String) -> String {
    var result = ""
    var rest = self[...]
    while !rest.isEmpty {
      if rest.hasPrefix(before) {
        result += after
        rest = rest.dropFirst(before.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }
}
