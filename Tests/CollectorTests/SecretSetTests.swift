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
    "passwd2", "tokens", "ssh.keys", "credentials", "secret_key", "PSK", "cred",
  ]) func `a secret's name is told by its parts`(_ name: String) {
    #expect(SecretName.isSecret(Array(name.utf8)[...]))
  }

  @Test(arguments: [
    "passthrough", "GPU-Passthrough", "keystore", "monkey", "keyboard", "tokenring", "compass",
    "keephugepages", "secretariat", "bypass", "username", "", "-",
  ]) func `a name that only holds such letters is none`(_ name: String) {
    #expect(!SecretName.isSecret(Array(name.utf8)[...]))
  }

  @Test func `devices and volumes are no secrets, whatever they are called`() {
    #expect(values("key: 0000:03:00.0 token: 03:00.0") == [])
    #expect(values("disk key: ata-WDC_WD40EFRX-68N32N0_WD-1") == [])
    #expect(values("token: token:vm-100-disk-0") == [])
    #expect(values("token: 12:34:56:78") == ["12:34:56:78"])
    #expect(values("password: root:vm-Hunter22") == ["root:vm-Hunter22"])
  }
}
