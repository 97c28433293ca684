import Analysis
import BundleFormat
import NodeState

extension ExplanationText {
  /// A guest: its configurations, what it does, each of its disks with mapping and verdict, and then every one
  /// of its mappings in full.
  func lines(of guest: GuestExplanation) -> [String] {
    var lines = ["Guest \(guest.id)"]
    if let distrust = guest.distrust {
      lines.append("  What is known of guests is not complete: \(safe(distrust))")
    }
    if let evidence = guest.runningEvidence {
      lines.append("  It runs here:")
      lines += self.lines(of: [evidence], indentation: 4)
    } else if guest.isUncertain {
      lines.append("  A process bears its number, but PVE's pid file does not name it.")
    }
    if guest.configurations.isEmpty {
      lines.append(
        assessment.areConfigurationsKnown
          ? "  No node has a configuration of it."
          : "  Whether a node has a configuration of it is not known.")
    }
    for configuration in guest.configurations {
      lines += [""] + self.lines(of: configuration)
    }
    if !guest.otherMappings.isEmpty {
      lines += ["", "Mappings named after it that no disk line names:"]
      lines += guest.otherMappings.flatMap { self.lines(of: $0, indentation: 2) }
    }
    for mapping in guest.mappings { lines += [""] + self.lines(of: mapping) }
    return lines
  }

  private func lines(of part: GuestExplanation.Configuration) -> [String] {
    let configuration = part.configuration
    let name = configuration.name.map { " \(safe($0))" } ?? ""
    var lines = [
      "Configuration \(safe(configuration.path)): \(configuration.kind.noun)\(name) on \(safe(configuration.node)), "
        + part.state.rawValue
    ]
    if let lock = configuration.lock { lines.append("  locked: \(safe(lock))") }
    if configuration.isTemplate { lines.append("  a template") }
    if !configuration.snapshots.isEmpty {
      lines.append("  snapshots: \(safe(configuration.snapshots.joined(separator: ", ")))")
    }
    if part.disks.isEmpty { lines.append("  no disk") }
    lines += part.disks.flatMap(self.lines)
    return lines
      + configuration.mentions.map {
        "  line \($0.location.line) mentions \(safe($0.text)), but not as a disk: \(safe($0.place))"
      }
  }

  private func lines(of disk: GuestExplanation.Disk) -> [String] {
    let section =
      switch disk.reference.section {
      case .main: ""
      case .pending: " (pending)"
      case .snapshot(let name): " (snapshot \(name))"
      case .fleecing: " (fleecing)"
      }
    let volume =
      switch disk.reference.target {
      case .volume(let id): id.description
      case .path(let path): path
      }
    var lines = [
      "  \(safe("\(disk.reference.slot)\(section)")), line \(disk.reference.location.line): "
        + safe(volume)
    ]
    lines += disk.mappings.flatMap { self.lines(of: $0, indentation: 4) }
    lines += disk.missing.map {
      "    \(safe($0.mapping)): \($0.rule.name), \($0.severity.name): \(safe($0.why))"
    }
    if let outside = disk.outside { lines.append("    \(safe(outside))") }
    return lines
  }

  private func lines(
    of summary: GuestExplanation.MappingSummary, indentation: Int
  ) -> [String] {
    let margin = String(repeating: " ", count: indentation)
    let verdict = summary.verdict
    return [
      "\(margin)\(safe(summary.facts.mapping.name)): \(verdict.classification.rawValue), "
        + "\(verdict.rule.name), \(verdict.severity.name): \(safe(verdict.why))"
    ]
  }
}

extension ExplanationText {
  /// A volume: what LVM has of it, who names it, and every mapping of its name or uuid in full.
  func lines(of volume: VolumeExplanation) -> [String] {
    var lines = ["Volume \(safe("\(volume.path.group)/\(volume.path.volume)"))"]
    if let distrust = volume.distrust {
      lines.append("  LVM's metadata proves nothing here: \(safe(distrust))")
    }
    for known in volume.volumes {
      lines.append(
        "  LVM has it: \(known.sizeBytes) bytes, attributes \(safe(known.attributes)), "
          + "uuid \(known.id.grouped)")
      lines += self.lines(of: [Evidence(known.location, from: .lvs)], indentation: 4)
    }
    if volume.volumes.isEmpty {
      lines.append(volume.distrust == nil ? "  LVM has no such volume." : "  lvs did not print it.")
    }
    if volume.references.isEmpty {
      lines.append(
        assessment.areConfigurationsKnown
          ? "  No configuration names it." : "  Whether a configuration names it is not known.")
    } else {
      lines.append("  Named by:")
      lines += self.lines(
        of: volume.references.map { Evidence($0.reference.location, from: .guestConfigs) },
        indentation: 4)
    }
    lines += volume.missing.map {
      "  \($0.rule.name), \($0.severity.name): \(safe($0.why))"
    }
    if volume.mappings.isEmpty {
      lines.append(
        assessment.snapshot.areMappingsRead
          ? "  No mapping of it exists." : "  Whether a mapping of it exists is not known.")
    }
    for mapping in volume.mappings { lines += [""] + self.lines(of: mapping) }
    return lines
  }
}
