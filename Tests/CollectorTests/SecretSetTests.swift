import BundleFormat
import Glibc
import Testing

@testable import Collector

struct SecretSetTests {
  private func values(_ text: String, data: Bool = false) -> [String] {
    SecretAssignments.values(in: Array(text.utf8)[...], or: data ? ["data"] : [])
      .map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func `a secret is found anywhere, also at both ends`() {
    var set = SecretSet()
    set.insert(Array(" sesame12 ".utf8), from: "here")
    set.insert(Array("sesame12-longer".utf8), from: "there")
    for text in ["sesame12", "xsesame12", "sesame12x", "aaaaaaaaaaaaaaaaasesame12aaaa"] {
      #expect(set.origin(ofSecretIn: Array(text.utf8)) == "here", "\(text)")
    }
    for text in ["", "sesame1", "sesame1 2", "SESAME12"] {
      #expect(set.origin(ofSecretIn: Array(text.utf8)) == nil, "\(text)")
    }
  }

  @Test func `short values, stars and the mark are not taken in`() {
    var set = SecretSet()
    for value in ["seven77", "********", "<redacted>", "", "       x"] {
      set.insert(Array(value.utf8), from: "x")
    }
    #expect(set.count == 0)
    #expect(set.origin(ofSecretIn: Array("seven77 ******** <redacted>".utf8)) == nil)
  }

  @Test func `a secret is found among many that begin alike, and a long one by its beginning`() {
    var set = SecretSet()
    let common = "the same beginning "
    for number in 100..<300 { set.insert(Array("\(common)\(number)".utf8), from: "\(number)") }
    set.insert(Array((common + String(repeating: "long ", count: 100)).utf8), from: "long")
    for number in 100..<300 {
      #expect(set.origin(ofSecretIn: Array("x \(common)\(number)".utf8)) == "\(number)")
    }
    for text in ["\(common)99", "\(common)30", common, "\(common)long long long"] {
      #expect(set.origin(ofSecretIn: Array(text.utf8)) == nil, "\(text)")
    }
    let long = Array((common + String(repeating: "long ", count: 100)).utf8)
    #expect(set.origin(ofSecretIn: long) == "long")
    #expect(set.origin(ofSecretIn: long.prefix(SecretSet.searchedBytes)) == "long")
    #expect(set.origin(ofSecretIn: long.prefix(SecretSet.searchedBytes - 1)) == nil)
    #expect(set.count == 201)
  }

  @Test func `of values that end alike, the shortest that counts is enough`() {
    #expect(values("key=token=pw=seven77") == ["pw=seven77", "seven77"])
    #expect(values("key=token=pw=sesame12") == ["sesame12"])
    #expect(values("key=\"token=sesame12\" pw=x") == ["sesame12", "x"])
    #expect(values("key='a \"b' token=\"c 'd\" pw= e") == ["a \"b", "c 'd", "e"])
    var set = SecretSet()
    for value in values("key=token=pw=sesame12") { set.insert(Array(value.utf8), from: "x") }
    #expect(set.origin(ofSecretIn: Array("key=token=pw=sesame12".utf8)) != nil)
    #expect(set.origin(ofSecretIn: Array("token=pw=sesame12".utf8)) != nil)
  }

  /// As PVE allows it: a guest's note of 8 KiB, and a file of any size.
  @Test(arguments: ["key=", "key= ", "key='a", "token:", "key=/dev/x:", "https://u:", "password1"])
  func `a text that repeats itself costs as much as it is long`(_ piece: String) {
    func seconds(_ count: Int) -> Double {
      (0..<3).map { _ in
        let text = "#" + String(repeating: piece, count: count) + "\nname: x\n"
        var redaction = Redaction()
        var before = timespec()
        var after = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before)
        _ = redaction.redact(
          Array(text.utf8), of: .guestConfigs, path: "/etc/pve/nodes/a/qemu-server/100.conf")
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after)
        #expect(redaction.secrets.count < 20)
        return Double(after.tv_sec - before.tv_sec)
          + Double(after.tv_nsec - before.tv_nsec) / 1e9
      }.min() ?? 0
    }
    // Sixteen times the text takes about sixteen times as long, where a square would take 256 times.
    let ratio = seconds(32_000 / piece.utf8.count) / seconds(2_000 / piece.utf8.count)
    #expect(ratio < 64, "\(ratio)")
  }

  @Test func `many secrets that begin alike cost as much as they are long`() {
    func seconds(_ count: Int) -> Double {
      (0..<3).map { _ in
        let text = (0..<count).map { "#token%3A sesame-\($0 + 10_000)\n" }.joined()
        var redaction = Redaction()
        var before = timespec()
        var after = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before)
        _ = redaction.redact(
          Array(text.utf8), of: .guestConfigs, path: "/etc/pve/nodes/a/qemu-server/100.conf")
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after)
        #expect(redaction.secrets.count == count)
        return Double(after.tv_sec - before.tv_sec)
          + Double(after.tv_nsec - before.tv_nsec) / 1e9
      }.min() ?? 0
    }
    let ratio = seconds(4_000) / seconds(250)
    #expect(ratio < 64, "\(ratio)")
  }

  @Test func `assignments are found in all their forms`() {
    #expect(values("password=abc,x") == ["abc"])
    #expect(values("DB_PASSWORD = 'a b' x") == ["a b"])
    #expect(values(#"{"api-token": "t0","id":"x"}"#) == ["t0"])
    #expect(values("Secret: s3 more") == ["s3"])
    #expect(values("-object secret,id=s0,data=zzz", data: true) == ["zzz"])
    #expect(values("https://u:p4ss@h/x iscsi://u%p5@h") == ["p4ss", "p5"])
    #expect(values("name=web,size=32G file=/dev/x: y") == [])
    #expect(values("passthrough=/dev/dri/card0 key=san:vm-100-disk-0") == [])
    #expect(values("password=") == [])
    #expect(values("=x :y") == [])
  }

  @Test(arguments: [
    "password", "DB_PASSWORD", "cipassword", "api-key", "apiKey", "apitoken", "rootPw", "pass",
    "passwd2", "keyring", "PASS", "PGPASS", "DBPASS", "rootpw", "mypwd2", "Passwort", "tokens",
    "ssh.keys", "credentials", "secret_key", "PSK", "cred",
  ]) func `a secret's name is told by its parts`(_ name: String) {
    #expect(SecretName.isSecret(Array(name.utf8)[...]))
  }

  @Test(arguments: [
    "passthrough", "GPU-Passthrough", "keystore", "monkey", "keyboard", "tokenring", "compass",
    "keephugepages", "secretariat", "bypass", "passes", "COMPASS", "username", "", "-",
  ]) func `a name that only holds such letters is none`(_ name: String) {
    #expect(!SecretName.isSecret(Array(name.utf8)[...]))
  }

  @Test func `devices and volumes are no secrets, whatever they are called`() {
    #expect(values("key: 0000:03:00.0 token: 03:00.0") == [])
    #expect(values("disk key: ata-WDC_WD40EFRX-68N32N0_WD-1") == [])
    #expect(values("token: token:vm-100-disk-0") == [])
    #expect(values("token: 12:34:56:78") == ["12:34:56:78"])
    #expect(values("password: a/vm-1-Hunter2 token: 100/vm-100-disk-0.raw") == ["a/vm-1-Hunter2"])
    #expect(values("password: https://x/dev/Hunter22") == ["https://x/dev/Hunter22"])
    #expect(values("password: root:vm-Hunter22") == ["root:vm-Hunter22"])
  }
}
