import Analysis
import BundleFormat
import NodeState

extension ExplanationJSON {
  func write(_ volume: VolumeExplanation, to json: inout JSONWriter) {
    json.beginObject()
    json.member("volumeGroup", volume.path.group)
    json.member("logicalVolume", volume.path.volume)
    json.member("distrust", volume.distrust)
    json.array("volumes", volume.volumes) { json, known in
      json.beginObject()
      json.member("uuid", known.id.grouped)
      json.member("attributes", known.attributes)
      json.member("sizeBytes", known.sizeBytes)
      json.member("createdAt", known.createdAt?.description)
      json.member("creationHost", known.creationHost.isEmpty ? nil : known.creationHost)
      json.member("pool", known.poolName)
      parts.writeEvidence([Evidence(known.location, from: .lvs)], to: &json)
      json.endObject()
    }
    json.array("references", volume.references, isKnown: assessment.areConfigurationsKnown) {
      json, reference in
      json.beginObject()
      json.member("guest", reference.configuration.id.number)
      json.member("node", reference.configuration.node)
      json.member("slot", reference.reference.slot)
      json.key(literal: "counts")
      json.value(reference.counts)
      parts.writeEvidence(
        [Evidence(reference.reference.location, from: .guestConfigs)], to: &json)
      json.endObject()
    }
    json.array("missing", volume.missing) { parts.writeMissing($1, to: &$0) }
    json.array("mappings", volume.mappings, isKnown: assessment.snapshot.areMappingsRead) {
      write($1, to: &$0)
    }
    json.endObject()
  }

  func write(_ guest: GuestExplanation, to json: inout JSONWriter) {
    json.beginObject()
    json.member("id", guest.id.number)
    json.member("distrust", guest.distrust)
    json.key(literal: "isUncertain")
    json.value(guest.isUncertain)
    json.key(literal: "running")
    if let evidence = guest.runningEvidence {
      parts.evidence.write(evidence, to: &json)
    } else {
      json.null()
    }
    json.array("configurations", guest.configurations, isKnown: assessment.areConfigurationsKnown) {
      write($1, to: &$0)
    }
    json.array("otherMappings", guest.otherMappings, isKnown: assessment.snapshot.areMappingsRead) {
      write($1, to: &$0)
    }
    json.array("mappings", guest.mappings, isKnown: assessment.snapshot.areMappingsRead) {
      write($1, to: &$0)
    }
    json.endObject()
  }

  private func write(_ part: GuestExplanation.Configuration, to json: inout JSONWriter) {
    let configuration = part.configuration
    json.beginObject()
    json.member("path", configuration.path)
    json.member("kind", configuration.kind.rawValue)
    json.member("node", configuration.node)
    json.member("name", configuration.name)
    json.member("lock", configuration.lock)
    json.key(literal: "isTemplate")
    json.value(configuration.isTemplate)
    json.member("state", part.state.rawValue)
    json.key(literal: "snapshots")
    json.value(configuration.snapshots)
    json.array("disks", part.disks) { write($1, to: &$0) }
    json.array("mentions", configuration.mentions) { json, mention in
      json.beginObject(onOneLine: true)
      json.member("line", Int(mention.location.line))
      json.member("text", mention.text)
      json.member("place", mention.place)
      json.endObject()
    }
    json.endObject()
  }

  private func write(_ disk: GuestExplanation.Disk, to json: inout JSONWriter) {
    json.beginObject()
    json.member("slot", disk.reference.slot)
    let (section, snapshot): (String, String?) =
      switch disk.reference.section {
      case .main: ("main", nil)
      case .pending: ("pending", nil)
      case .snapshot(let name): ("snapshot", name)
      case .fleecing: ("fleecing", nil)
      }
    json.member("section", section)
    json.member("snapshot", snapshot)
    json.member("line", Int(disk.reference.location.line))
    let volume =
      switch disk.reference.target {
      case .volume(let id): id.description
      case .path(let path): path
      }
    json.member("volume", volume)
    json.array("mappings", disk.mappings, isKnown: assessment.snapshot.areMappingsRead) {
      write($1, to: &$0)
    }
    json.array("missing", disk.missing) { parts.writeMissing($1, to: &$0) }
    json.member("outside", disk.outside)
    json.endObject()
  }

  private func write(_ summary: GuestExplanation.MappingSummary, to json: inout JSONWriter) {
    let verdict = summary.verdict
    json.beginObject(onOneLine: true)
    json.member("name", summary.facts.mapping.name)
    json.member("class", verdict.classification.rawValue)
    json.member("rule", verdict.rule.name)
    json.member("severity", verdict.severity.name)
    json.member("why", verdict.why)
    json.endObject()
  }
}
