import Analysis
import BundleFormat
import Glibc
import NodeState
import Rendering
import TestSupport

/// A node made of files, with stubs for the tools that record what they were asked.
///
/// The script's folders are the only thing that is changed in it.
struct StubbedNode {
  let folder = TemporaryFolder()
  let assessment: Assessment
  /// The script as generated; nil when the plan has no step.
  let script: String?

  init(_ bundle: NodeBundle) {
    assessment = Assessment(of: NodeSnapshot(reading: bundle))
    script = CleanupScript(assessment)?.text
    writeDeviceMapper()
    writeLVM()
    writeProc(bundle)
    writeConfigurations(bundle)
    for (name, text) in StubTools.all(bundle.manifest) {
      folder.write(text, to: "bin/\(name)", executable: true)
    }
    if let script {
      folder.write(script, to: "script.sh")
      folder.write(relocated(script), to: "run.sh")
    }
  }

  /// Runs the script by a shell; returns its exit status. Like from a terminal, no file of this process
  /// is open in it: whether a number is taken changes what a shell does with its redirections.
  func run(_ arguments: String, by shell: String = "dash", input: String = "/dev/null") -> Int32 {
    let root = folder.path
    return folder.run(
      "PATH=\(root)/bin:$PATH ROOT=\(root) \(shell) \(root)/run.sh --state-dir \(root)/state --log "
        + "\(root)/log \(arguments) >\(root)/said 2>&1 <\(input) "
        + "3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-")
  }

  /// Lets a helper do something else where its arguments are like a pattern of the shell.
  func hinder(_ helper: String, where pattern: String, by command: String = "kill -9 $$") {
    var rest = "PATH=${PATH#*:} exec \(helper)"
    if folder.exists("bin/\(helper)") {
      folder.run("mv \(folder.path)/bin/\(helper) \(folder.path)/bin/own-\(helper)")
      rest = "exec \"$ROOT/bin/own-\(helper)\""
    }
    folder.write(
      """
      #!/bin/dash
      case "$*" in \(pattern)) \(command) ;; esac
      \(rest) "$@"

      """, to: "bin/\(helper)", executable: true)
  }

  var said: String { String(decoding: folder.read("said"), as: UTF8.self) }

  /// The calls that change something, as argument arrays, in order. LVM's settings are left out.
  var removals: [[String]] {
    calls.filter { $0.first == "lvchange" || $0.starts(with: ["dmsetup", "remove"]) }
      .map { $0.first == "lvchange" ? Array($0.prefix { $0 != "--config" }) : $0 }
  }

  /// The mappings that were made, as argument arrays, in order.
  var creations: [[String]] { calls.filter { $0.starts(with: ["dmsetup", "create"]) } }

  /// Every call of a stub.
  var calls: [[String]] {
    folder.read("calls").split(separator: 0x1E).map { call in
      call.split(separator: 0x1F, omittingEmptySubsequences: false).dropLast()
        .map { String(decoding: $0, as: UTF8.self) }
    }
  }

  private func relocated(_ script: String) -> String {
    let moved = [
      "pve=/etc/pve", "proc=/proc", "sys=/sys", "locks=/run/lock", "fstab=/etc/fstab",
      "active_tasks=/var/log/pve/tasks/active", "machine_file=/etc/machine-id", "dev=/dev",
      "run_lock=/run/dmtools-cleanup.lock", "pid_files=/run/qemu-server",
    ]
    return script.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard moved.contains(String(line)), let sign = line.firstIndex(of: "=") else {
        return String(line)
      }
      return line[...sign] + folder.path + line[line.index(after: sign)...]
    }.joined(separator: "\n")
  }

  private func writeDeviceMapper() {
    var info = ""
    var table = ""
    for facts in assessment.inventory.mappings {
      let mapping = facts.mapping
      let flags = mapping.attributes
      let word =
        (flags.hasLiveTable ? "L" : "-") + (flags.hasInactiveTable ? "I" : "-")
        + (flags.isSuspended ? "s" : "-") + (flags.isReadOnly ? "r" : "w")
      info += "\(mapping.name)|\(mapping.uuid?.description ?? "")|\(mapping.device.major)|"
      info += "\(mapping.device.minor)|\(mapping.openCount)|\(word)\n"
      let kernel = "sys/block/dm-\(mapping.device.minor)/dm"
      folder.write("\(mapping.name)\n", to: "\(kernel)/name")
      folder.write("\(mapping.uuid?.description ?? "")\n", to: "\(kernel)/uuid")
      for target in mapping.table.value ?? [] {
        table += assessment.snapshot.text(at: target.location) + "\n"
      }
    }
    folder.write(info, to: "info")
    folder.write(table, to: "table")
  }

  private func writeLVM() {
    let lvm = assessment.snapshot.lvm
    var groups = ""
    for group in lvm.groups.value ?? [] {
      groups += "  \(group.id.grouped)|\(group.name)|\(group.missingPhysicalVolumeCount)||||"
      groups +=
        "\(group.lockType)|\(group.physicalVolumeCount)|\(group.volumeCount ?? 0)|\(group.sequenceNumber)\n"
    }
    folder.write(groups, to: "vgs")
    let sequences = Dictionary(
      (lvm.groups.value ?? []).map { ($0.id, $0.sequenceNumber) }, uniquingKeysWith: { $1 })
    let volumes = (lvm.volumes.value ?? []).map { volume in
      let name = volume.isInternal ? "[\(volume.name)]" : volume.name
      return
        "  \(volume.groupID.grouped)|\(volume.id.grouped)|\(name)|\(sequences[volume.groupID] ?? 0)|"
        + "\(volume.attributes)\n"
    }
    folder.write(volumes.joined(), to: "lvs")
    writeExtents(lvm)
  }

  private func writeExtents(_ lvm: LVMMetadata) {
    var ranges = ""
    for volume in lvm.volumes.value ?? [] {
      for segment in volume.segments {
        let words = segment.ranges.map { "\($0.device):\($0.firstExtent)-\($0.lastExtent)" }
        ranges +=
          "  \(volume.id.grouped)|\(volume.name)|\(segment.startExtent)|\(segment.extentCount)|"
        ranges += "\(words.joined(separator: " "))||\(segment.thinID.map { "\($0)" } ?? "")\n"
      }
    }
    folder.write(ranges, to: "ranges")
    var disks = ""
    for disk in lvm.physicalVolumes.value ?? [] {
      guard let device = disk.device, let group = disk.groupID else { continue }
      disks += "  \(disk.name)|\(disk.dataStartBytes / 512)|\(device.major)|\(device.minor)|8192|"
      disks += "\(group.grouped)|\(disk.id.grouped)|\(disk.isDuplicate ? "duplicate" : "")\n"
    }
    folder.write(disks, to: "pvs")
  }

  private func writeProc(_ bundle: NodeBundle) {
    folder.write(
      "1 1 0:50 / \(folder.path)/etc/pve rw - fuse pmxcfs rw\n", to: "proc/self/mountinfo")
    folder.write("Filename Type Size Used Priority\n", to: "proc/swaps")
    folder.write("Num RefCount Protocol Flags Type St Inode Path\n", to: "proc/net/unix")
    folder.write("init\0", to: "proc/1/cmdline")
    let node = bundle.manifest.node
    folder.write("\(node.hostname)\n", to: "proc/sys/kernel/hostname")
    folder.write("\(node.bootID ?? "")\n", to: "proc/sys/kernel/random/boot_id")
    folder.write("\(node.machineID ?? "")\n", to: "etc/machine-id")
    folder.write("", to: "etc/fstab")
    mkdir(folder.path + "/run", 0o755)
  }

  private func writeConfigurations(_ bundle: NodeBundle) {
    folder.write(bundle.entry(of: .pveMembers)?.content ?? [], to: "etc/pve/.members")
    folder.write(bundle.entry(of: .pveVmlist)?.content ?? [], to: "etc/pve/.vmlist")
    mkdir(folder.path + "/etc/pve/nodes", 0o755)
    for position in bundle.positions(of: .guestConfigs) {
      let entry = bundle.entries[position]
      let path = entry.result.planned.path
      guard path.hasPrefix("files/etc/pve/nodes/"), path.hasSuffix(".conf") else { continue }
      folder.write(entry.content ?? [], to: String(path.dropFirst("files/".count)))
    }
  }
}
