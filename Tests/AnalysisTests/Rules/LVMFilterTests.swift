import Testing

@testable import Analysis

@Suite struct LVMFilterTests {
  @Test(arguments: [
    // PVE's own; a list of what is allowed; the host's disks alone.
    #"["r|/dev/zd.*|","r|/dev/rbd.*|"]"#, #"["a|/dev/sda|","r|.*|"]"#,
    #"["a|^/dev/sd[a-z]+$|","r|.*|"]"#, #"["a|/dev/disk/by-id/wwn-0x5.*|", "r|.*/|"]"#,
    #"["r|/dev/mapper/.*-(vm|base)--[0-9]+--disk--[0-9]+|","r/\/dev\/(zd|rbd).*/","r|/dev/|"]"#,
    #"["a{/dev/nvme.*}","r(.*)"]"#, #"["r|^/dev/zd0$|","r|^/dev/rbd.*0$|"]"#,
  ]) func `guests' disks are kept out`(text: String) throws {
    let filter = try #require(LVMFilter(text))
    for disk in ["/dev/zd0", "/dev/rbd0"] where filter.accepts(disk) != nil {
      #expect(filter.accepts(disk) == false, "\(disk)")
    }
  }

  @Test(arguments: [
    "[]", #"["a|.*|"]"#, #"["r|/dev/zd.*|","a|.*|","r|/dev/rbd.*|"]"#, #"["r|/dev/loop.*|"]"#,
    #"["a|/dev/rbd|","r|.*|"]"#, #"["r|^zd|","r|zd1$|","r|/dev/zd[1-9]x|"]"#, #""a|//|""#,
  ]) func `guests' disks may come in`(text: String) throws {
    let filter = try #require(LVMFilter(text))
    #expect(["/dev/zd0", "/dev/rbd0"].contains { filter.accepts($0) != false })
  }

  @Test(arguments: [
    (#"["r|/dev/(zd|rbd).*|","a|.*|"]"#, nil), (#"["r|/dev/z?d|"]"#, nil),
    (#"["r@/dev/sdx[ab]|/dev/zd@"]"#, nil), (#"["a|/dev/sd[a-z]|","r|/dev/zd|"]"#, false),
    (#"["r|/dev/z\.d|"]"#, true), (#"["r|/dev/x+|","a|.*|"]"#, true),
  ]) func `what isn't understood decides nothing unless it must`(
    text: String, accepts: Bool?
  ) throws {
    #expect(try #require(LVMFilter(text)).accepts("/dev/zd0") == accepts)
  }

  @Test(arguments: ["[\"x|.*|\"]", "[\"a\"]", "[\"a|.*\\\"|\"]", "[\"", "[\"r|.*/\"]"])
  func `another form is none`(text: String) {
    #expect(LVMFilter(text) == nil)
  }
}
