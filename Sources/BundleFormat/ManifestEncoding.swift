extension Manifest {
  /// The bytes of `manifest.json`, one line a question.
  public var json: [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.beginObject()
    writer.key("format")
    writer.value(format)
    writer.key("tool")
    writer.beginObject(onOneLine: true)
    writer.key("name")
    writer.value(tool.name)
    writer.key("version")
    writer.value(tool.version)
    writer.endObject()
    writer.key("node")
    node.write(to: &writer)
    writer.key("collectedAt")
    writer.value(collectedAt.description)
    writer.key("redaction")
    writer.value(redaction.rawValue)
    writer.key("entries")
    writer.beginArray()
    for entry in entries {
      writer.beginObject(onOneLine: true)
      entry.writeMembers(to: &writer)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}

extension ManifestEnd {
  /// The bytes of `manifest-end.json`, one line a result.
  public var json: [UInt8] {
    var writer = JSONWriter(pretty: true)
    writer.beginObject()
    writer.key("finishedAt")
    writer.value(finishedAt.description)
    writer.key("results")
    writer.beginArray()
    for result in results { result.write(to: &writer) }
    writer.endArray()
    writer.endObject()
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}

extension Manifest.Node {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("name")
    writer.value(name)
    writer.key("hostname")
    writer.value(hostname)
    writer.key("machineID")
    writer.value(machineID)
    writer.key("bootID")
    writer.value(bootID)
    writer.key("cluster")
    writer.value(cluster)
    writer.endObject()
  }
}

extension PlannedEntry {
  /// Writes the members that a question has in the plan and in the results.
  fileprivate func writeMembers(to writer: inout JSONWriter) {
    writer.key("id")
    writer.value(id)
    writer.key("kind")
    writer.value(kind.rawValue)
    if let argv {
      writer.key("argv")
      writer.value(argv)
    }
    if let origin {
      writer.key("source")
      writer.value(origin)
    }
    writer.key("path")
    writer.value(path)
  }
}

extension EntryResult {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.beginObject(onOneLine: true)
    planned.writeMembers(to: &writer)
    writer.key("status")
    writer.value(status.rawValue)
    writer.key("exitCode")
    writer.value(exitCode)
    writer.key("signal")
    writer.value(signal)
    writer.key("durationMs")
    writer.value(durationMilliseconds)
    writer.key("bytes")
    writer.value(sizeBytes)
    writer.key("sha256")
    writer.value(sha256?.description)
    writer.key("reading")
    writer.value(reading)
    writer.key("stderr")
    if let standardError {
      writer.beginObject()
      writer.key("path")
      writer.value(standardError.path)
      writer.key("bytes")
      writer.value(standardError.sizeBytes)
      writer.key("sha256")
      writer.value(standardError.sha256.description)
      writer.endObject()
    } else {
      writer.null()
    }
    if let liveDigest {
      writer.key("liveDigest")
      writer.value(liveDigest.description)
    }
    writer.endObject()
  }
}
