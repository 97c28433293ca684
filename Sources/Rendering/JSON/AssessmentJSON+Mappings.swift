import Analysis
import BundleFormat
import NodeState

/// What each mapping is, and why. A big node has many thousands: no text is made that is only written.
extension AssessmentJSON {
  func writeMapping(at position: Int, to json: inout JSONWriter) {
    let (facts, verdict) = (mappings[position], verdicts[position])
    let mapping = facts.mapping
    json.beginObject()
    json.member("name", mapping.name)
    json.key(literal: "uuid")
    if let volume = mapping.uuid?.publicVolume {
      write(volume, to: &json)
    } else {
      json.value(mapping.uuid?.description)
    }
    json.key(literal: "device")
    write(mapping.device, to: &json)
    json.member("openCount", mapping.openCount)
    let path = facts.path
    json.member("volumeGroup", path?.group)
    json.member("logicalVolume", path?.volume)
    let isGuests = verdict.classification != .other
    let storage = isGuests ? assessment.inventory.storage(of: facts)?.id : nil
    json.member("storage", storage)
    json.key(literal: "volume")
    if let storage, let volume = path?.volume {
      json.beginText()
      json.text(storage)
      json.text(literal: ":")
      json.text(volume)
      json.endText()
    } else {
      json.null()
    }
    json.key(literal: "guest")
    writeOwner(isGuests ? assessment.inventory.owner(of: facts) : nil, to: &json)
    json.member("class", verdict.classification.rawValue)
    json.member("rule", verdict.rule.name)
    json.member("severity", verdict.severity.name)
    json.key(literal: "why")
    writeReason(of: verdict, to: &json)
    json.key(literal: "evidence")
    json.beginArray()
    verdict.forEachEvidence { evidence.write($0, to: &json) }
    json.endArray()
    if let predecessorsWords {
      json.key(literal: "v27")
      json.value(predecessorsWords[position].map(\.rawValue))
    }
    json.endObject()
  }

  /// Writes the uuid of a volume's public device.
  private func write(_ volume: VolumeIdentity, to json: inout JSONWriter) {
    json.beginText()
    json.text(literal: "LVM-")
    json.text(utf8: volume.group.characters.span)
    json.text(utf8: volume.volume.characters.span)
    json.endText()
  }

  private func writeReason(of verdict: Verdict, to json: inout JSONWriter) {
    json.beginText()
    verdict.forEachPart { part in
      switch part {
      case .text(let text): json.text(text)
      case .number(let number): json.text(number)
      }
    }
    json.endText()
  }

  private func write(_ device: DeviceNumber, to json: inout JSONWriter) {
    json.beginText()
    json.text(Int(device.major))
    json.text(literal: ":")
    json.text(Int(device.minor))
    json.endText()
  }

  func writeOwner(_ owner: MappingOwner?, to json: inout JSONWriter) {
    guard let owner else { return json.null() }
    json.beginObject(onOneLine: true)
    json.member("id", owner.guest.number)
    json.member("kind", owner.kind?.rawValue)
    json.member("node", owner.node)
    json.member("state", owner.state.rawValue)
    json.endObject()
  }

  func writeEvidence(_ evidence: [Evidence], to json: inout JSONWriter) {
    json.key(literal: "evidence")
    json.beginArray()
    for item in evidence { self.evidence.write(item, to: &json) }
    json.endArray()
  }
}
