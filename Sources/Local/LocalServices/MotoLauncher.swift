/// The program that runs moto in the project's virtual environment.
///
/// It is moto's own server with four differences: it binds a free port and prints it; it handles one request at a time,
/// because moto's conditional writes are not atomic under threads; it keeps every request with its answer, because moto
/// keeps of an e-mail only one body; and it takes our own requests, for seeding and looking, unsigned and unrecorded. It
/// ends when its standard input closes, so never later than its parent.
enum MotoLauncher {
    /// The header field that marks a request as our own.
    static let ownField = "X-Switchboard-Own"
    /// Where the recorded requests are read.
    static let requestsPath = "/switchboard/requests"

    static let source = """
        import io, json, os, sys, threading
        from moto import settings
        from moto.server import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import make_server

        moto = DomainDispatcherApplication(create_backend_app)
        lock = threading.Lock()
        recorded = []

        def answer(environ, head):
            return b"".join(moto(environ, lambda status, fields, error=None: head.extend([status, fields])))

        def answer_own(environ, head):
            checked_after = settings.INITIAL_NO_AUTH_ACTION_COUNT
            settings.INITIAL_NO_AUTH_ACTION_COUNT = float("inf")
            try:
                return answer(environ, head)
            finally:
                settings.INITIAL_NO_AUTH_ACTION_COUNT = checked_after

        def answer_recorded(environ, head, body):
            text = answer(environ, head)
            recorded.append({
                "method": environ["REQUEST_METHOD"], "path": environ["PATH_INFO"],
                "target": environ.get("HTTP_X_AMZ_TARGET", ""), "body": body.decode("utf-8", "replace"),
                "status": int(head[0].split()[0]), "answer": text.decode("utf-8", "replace")})
            return text

        def serve(environ, start_response):
            path = environ.get("PATH_INFO", "")
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["wsgi.input"] = io.BytesIO(body)
            head = []
            with lock:
                if path == "\(requestsPath)":
                    head = ["200 OK", [("Content-Type", "application/json")]]
                    text = json.dumps(recorded).encode()
                elif path.startswith("/moto-api"):
                    text = answer(environ, head)
                elif "HTTP_\(ownField.uppercased().replacing("-", with: "_"))" in environ:
                    text = answer_own(environ, head)
                else:
                    text = answer_recorded(environ, head, body)
            start_response(head[0], head[1])
            return [text]

        server = make_server("127.0.0.1", 0, serve, threaded=True)
        os.environ["MOTO_PORT"] = str(server.port)
        print(server.port, flush=True)

        def end_with_parent():
            sys.stdin.buffer.read()
            os._exit(0)

        threading.Thread(target=end_with_parent, daemon=True).start()
        server.serve_forever()
        """
}
