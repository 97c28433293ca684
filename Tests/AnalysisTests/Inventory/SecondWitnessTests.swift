import Analysis
import BundleFormat
import NodeState
import Testing

/// What the sources say that sharpen a sentence and never decide a verdict.
@Suite struct SecondWitnessTests {
  private static let ghost = "san-vm--122--disk--0"

  private static let backup = """
    creation_time = 1763800000	# Sat Nov 22 08:26:40 2025
    san {
    	id = "GroupS-an00-0000-0000-0000-0000-000000"
    	seqno = 6
    	logical_volumes {
    		vm-122-disk-0 {
    			id = "Vm122D-isk0-0000-0000-0000-0000-000000"
    		}
    	}
    }

    """

  @Test func `LVM's backup tells of a volume that is gone, and decides nothing`() throws {
    let files = ["lvm-backup.txt": Self.backup]
    let assessment = Self.leftover(files)
    let verdict = try #require(assessment.verdict(on: Self.ghost))
    #expect(verdict.rule.name == "ghost-mapping")
    #expect(
      verdict.why.hasSuffix(
        "LVM's backup on this node of 2025-11-22T08:26:40Z still has it as san/vm-122-disk-0."))
    let evidence = try #require(verdict.evidence.last)
    #expect(evidence.source == .lvmBackup && evidence.location?.line == 7)
    #expect(assessment.steps.map(\.mapping) == [Self.ghost])
    for text in ["", "san {\n", Self.backup.replacing("Vm122D-isk0", with: "Vm123D-isk0")] {
      let other = Self.leftover(["lvm-backup.txt": text])
      #expect(other.verdict(on: Self.ghost)?.why.contains("backup") == false, "\(text)")
      #expect(other.steps.map(\.mapping) == [Self.ghost])
    }
  }

  private static func leftover(_ files: [String: String]) -> Assessment {
    assessment(of: "case-01-clone-fails", with: files)
  }

  @Test func `a guest that high availability manages is told so`() throws {
    let scenario = "moved-guest-storage-of-other-nodes"
    let mapping = try #require(assessment(of: scenario).inventory.mappings.first).mapping.name
    let number = mapping.split(separator: "-").dropFirst(2).first ?? ""
    func why(_ text: String) -> String? {
      assessment(of: scenario, with: ["ha-config.txt": text]).verdict(on: mapping)?.why
    }
    #expect(why("vm: \(number)\n\tstate started\n")?.contains("High availability manages") == true)
    for text in ["vm: \(number)\n\tstate ignored\n", "vm: 999\n", "group: a\n\tnodes pve1\n", ""] {
      #expect(why(text)?.contains("High availability") == false, "\(text)")
    }
  }

  @Test func `what lies on an open mapping is named where no process is`() {
    let open = "\(Self.ghost)|LVM-GroupSan000000000000000000000000Vm122Disk00000000000000000000000"
    func why(_ info: String, _ table: String, _ kernel: String? = nil) -> String? {
      var files = ["dmsetup-info.txt": info, "dmsetup-table.txt": table]
      files["sysfs-dm.jsonl"] = kernel
      return Self.leftover(files).verdict(on: Self.ghost)?.why
    }
    let info = open + "|253|0|1|1|0|L--w\n"
    let table = "\(Self.ghost): 0 2097152 linear 8:16 4098048\n"
    #expect(why(info, table)?.contains("it is open (1):") == true)
    let above = "cache|x|253|1|0|1|0|L--w\n"
    #expect(
      why(info + above, table + "cache: 0 8 linear 253:0 0\n")?
        .contains("it is open (1), by the mapping cache:") == true)
    let kernel = "{\"device\":\"253:0\",\"name\":\"\(Self.ghost)\",\"holders\":[\"9:0\"]}\n"
    #expect(why(info, table, kernel)?.contains("it is open (1), by the device 9:0:") == true)
    #expect(why(info, table, "nonsense\n")?.contains("it is open (1):") == true)
  }

  @Test func `a mapping that the kernel had meanwhile is not missing`() {
    let name = "ssd-vm--100--disk--0"
    func rules(_ kernel: String?) -> [String] {
      assessment(
        of: "missing-mapping", with: kernel.map { ["sysfs-dm.jsonl": $0] } ?? [:]
      ).missing.map(\.rule.name)
    }
    #expect(rules(nil) == ["missing-mapping"])
    #expect(rules("nonsense\n") == ["missing-mapping"])
    let mapping = assessment(of: "missing-mapping").missing.first?.mapping ?? name
    let line = "{\"device\":\"253:0\",\"name\":\"\(mapping)\",\"holders\":[]}\n"
    #expect(rules(line).isEmpty)
  }

  @Test func `corosync's votes are told, and its no is heard`() throws {
    let lost = "Quorate:          No\nExpected votes:   3\nTotal votes:      1\n"
    let finding = try #require(
      assessment(of: "quorum-lost", with: ["cluster-status.txt": lost]).findings
        .first { $0.rule.name == "quorum-lost" })
    #expect(finding.why == "The cluster home is not quorate: 1 of 3 votes.")
    let contradicted = Self.leftover(["cluster-status.txt": lost])
    #expect(contradicted.findings.first?.id == "quorum-lost:pve1")
    #expect(contradicted.grade.letter == nil)
    // pmxcfs decides what is offered: a source that is taken away must not add a step.
    #expect(contradicted.steps.map(\.mapping) == [Self.ghost])
    let agreed = Self.leftover(["cluster-status.txt": "Quorate: Yes\n"])
    #expect(!agreed.findings.contains { $0.rule.name == "quorum-lost" })
  }

  @Test func `an iSCSI disk is told with the target of its session`() throws {
    let session = "tcp: [1] 192.0.2.10:3260,1 iqn.2001-05.com.example:array1 (non-flash)\n"
    let told = assessment(of: "leftover-copy-on-iscsi", with: ["iscsi-sessions.txt": session])
    let why = try #require(told.verdicts.first?.why)
    #expect(why.contains("by iscsi (iqn.2001-05.com.example:array1), so other nodes"))
  }

  @Test func `a storage package before 9.0.3 makes leftovers on shared storage`() {
    func faults(_ version: String, _ storages: String? = nil) -> [String] {
      var files = ["packages.txt": "libpve-storage-perl\t\(version)\tii \n"]
      files["storage.cfg"] = storages
      return Self.leftover(files).findings.filter { $0.rule.name == "version-fault" }
        .map(\.subject)
    }
    #expect(faults("8.3.6") == ["bug-4997"])
    #expect(faults("9.0.2-1") == ["bug-4997"])
    #expect(faults("9.0.3").isEmpty)
    #expect(faults("8.3.6", "lvm: fast\n\tvgname san\n\tcontent images\n").isEmpty)
  }
}
