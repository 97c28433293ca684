"""A mail service for tests: answers requests by a plan, and writes down what it was sent.

Each answer of the plan is for one request; the last one is for all that follow.
"""

import argparse
import base64
import json
import os
import socket
import ssl
import struct
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

options = argparse.ArgumentParser()
options.add_argument("--plan", default="ok", help="answers, separated by blanks")
options.add_argument("--log", required=True)
options.add_argument("--ready", required=True, help="where the port is written")
options.add_argument("--certificate")
options.add_argument("--proxy", action="store_true", help="be a proxy")
options.add_argument("--target", type=int, help="the port that the proxy leads to, whatever it is asked for")
options.add_argument("--mute", action="store_true", help="take connections and say nothing")
options = options.parse_args()

plan = options.plan.split(" ")
lock = threading.Lock()


def note(record):
    with lock, open(options.log, "a") as log:
        log.write(json.dumps(record) + "\n")


def error(status, code, message, related=None):
    record = {"ErrorIdentifier": "e-" + code, "ErrorCode": code, "ErrorMessage": message, "StatusCode": status}
    if related is not None:
        record["ErrorRelatedTo"] = related
    return record


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def handle(self):
        try:
            super().handle()
        except (ConnectionError, ssl.SSLError):
            pass

    def do_GET(self):
        self.do_POST()

    def do_POST(self):
        with lock:
            answer = plan.pop(0) if len(plan) > 1 else plan[0]
        name, *arguments = answer.split(":")
        size = int(self.headers.get("Content-Length", 0))
        if name == "hangup":
            note({"answer": name, "method": self.command, "path": self.path})
            # a reset instead of an orderly end, with most of the request unread
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            if isinstance(self.connection, ssl.SSLSocket):
                os.close(self.connection.detach())
            return
        text = self.rfile.read(size)
        try:
            body = json.loads(text)
        except ValueError:
            body = None
        note({
            "answer": answer, "method": self.command, "path": self.path, "http": self.request_version,
            "headers": [[k, v] for k, v in self.headers.items()], "body": body, "bytes": len(text),
        })
        getattr(self, "answer_" + name.replace("-", "_"))(body, *arguments)

    def send(self, status, body, kind="application/json; charset=UTF-8", claimed=None):
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if claimed is None else claimed))
        self.end_headers()
        self.wfile.write(body)

    def send_json(self, status, value):
        self.send(status, json.dumps(value).encode())

    def success(self, message, sandbox):
        def receivers(key):
            people = [{"Email": r["Email"], "MessageUUID": "u", "MessageID": 1000 + n, "MessageHref": "h"}
                      for n, r in enumerate(message.get(key, []))]
            return [{"Email": p["Email"]} for p in people] if sandbox else people
        return {"Status": "success", "CustomID": message.get("CustomID", ""),
                "To": receivers("To"), "Cc": receivers("Cc"), "Bcc": receivers("Bcc")}

    def messages(self, status, body, failing, failure):
        failing = {int(i) for i in failing.split(",")}
        sandbox = body.get("SandboxMode", False)
        self.send_json(status, {"Messages": [
            {"Status": "error", "Errors": [failure]} if i in failing else self.success(m, sandbox)
            for i, m in enumerate(body["Messages"])]})

    def answer_ok(self, body):
        self.messages(200, body, "-1", None)

    def answer_partial(self, body, status, failing):
        self.messages(int(status), body, failing, error(
            403, "send-0008", "\"x@y.z\" is not an authorized sender\u001b[31m", ["From"]))

    def answer_busy(self, body, failing):
        self.messages(200, body, failing, error(429, "mj-0014", "too many requests"))

    def answer_broken_one(self, body, failing):
        self.messages(200, body, failing, error(500, "send-0001", "internal error"))

    def answer_error(self, _, status, code):
        self.send_json(int(status), error(int(status), code, "words of " + code))

    def answer_echo(self, _):
        given = self.headers["Authorization"]
        clear = base64.b64decode(given.split(" ")[1]).decode()
        self.send_json(401, error(401, "mj-0015", "no such keys: " + given + " " + clear))

    def answer_status(self, _, status):
        self.send(int(status), b"<h1>sorry</h1>", "text/html")

    def answer_redirect(self, _):
        self.send_response(302)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer_slow(self, _):
        time.sleep(30)

    def answer_silent(self, _):
        self.close_connection = True

    def answer_cut(self, _, status):
        self.send(int(status), b"{\"Messages\": [{\"Status\":", claimed=500)
        self.close_connection = True

    def answer_huge(self, _):
        self.send(200, b"{\"Messages\": \"", claimed=1 << 40)
        while True:
            self.wfile.write(b"x" * 65536)

    def answer_html(self, _):
        self.send(200, b"{\"Messages\": [{\"Status\": \"success\"}]}", "text/html")

    def answer_malformed(self, _):
        self.send(200, b"{\"Messages\": [{\"Status\": \"success\"")

    def answer_miscounted(self, body):
        self.send_json(200, {"Messages": [self.success(m, False) for m in body["Messages"]] * 2})

    def answer_nothing(self, _):
        self.send(200, b"{}")

    def answer_odd(self, body):
        self.send_json(200, {"Messages": [{"Status": "queued"}] * len(body["Messages"])})


class Proxy(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_CONNECT(self):
        note({"method": "CONNECT", "path": self.path})
        with socket.create_connection(("127.0.0.1", options.target)) as far:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=self.copy, args=(far, self.connection), daemon=True)
            back.start()
            self.copy(self.connection, far)
            back.join()

    @staticmethod
    def copy(source, target):
        try:
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def do_POST(self):
        note({"method": "POST", "path": self.path})
        self.send_error(403)


class Server(ThreadingHTTPServer):
    def handle_error(self, *_):
        pass


def ready(port):
    with open(options.ready + ".new", "w") as file:
        file.write(str(port))
    os.rename(options.ready + ".new", options.ready)


# nobody is left behind, whatever becomes of the test
end = threading.Timer(120, lambda: os._exit(0))
end.daemon = True
end.start()
if options.mute:
    listener = socket.create_server(("127.0.0.1", 0), backlog=8)
    ready(listener.getsockname()[1])
    connections = []
    while True:
        connections.append(listener.accept())
        note({"method": "none"})
server = Server(("127.0.0.1", 0), Proxy if options.proxy else Service)
server.daemon_threads = True
if options.certificate:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
ready(server.server_address[1])
try:
    server.serve_forever()
except KeyboardInterrupt:
    sys.exit(0)
