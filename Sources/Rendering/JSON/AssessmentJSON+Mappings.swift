import Analysis
import BundleFormat
import NodeState

/// What each mapping is, and why. A big node has many thousands: no text is made that is only written.
extension AssessmentJSON {
  func writeMapping(at position: Int, to json: inout JSONWriter) {
    let facts = mappings[position]
    let mapping = facts.mapping
    json.beginObject()
    json.member("name", mapping.name)
    json.key(literal: "uuid")
    write(mapping.uuid, to: &json)
    json.key(literal: "device")
    write(mapping.device, to: &json)
    json.member("openCount", mapping.openCount)
    json.member("volumeGroup", facts.path?.group)
    json.member("logicalVolume", facts.path?.volume)
    let isGuests = verdicts[position].classification != .other && facts.guestName != nil
    let storage = isGuests ? facts.storages.first?.id : nil
    json.member("storage", storage)
    json.key(literal: "volume")
    if let storage, let volume = facts.path?.volume {
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
    json.member("class", verdicts[position].classification.rawValue)
    json.member("rule", verdicts[position].rule.name)
    json.member("severity", verdicts[position].severity.name)
    json.member("why", verdicts[position].why)
    writeEvidence(verdicts[position].evidence, to: &json)
    if let predecessorsWords {
      json.key(literal: "v27")
      json.value(predecessorsWords[position].map(\.rawValue))
    }
    json.endObject()
  }

  private func write(_ uuid: MappingUUID?, to json: inout JSONWriter) {
    guard let volume = uuid?.publicVolume else { return json.value(uuid?.description) }
    json.beginText()
    json.text(literal: "LVM-")
    json.text(utf8: volume.group.characters.span)
    json.text(utf8: volume.volume.characters.span)
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
