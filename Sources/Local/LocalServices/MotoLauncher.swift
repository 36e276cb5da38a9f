/// The program that runs moto in the project's virtual environment.
///
/// It is moto's own server with three differences: it binds a free port and prints it; it handles one request at a time,
/// because moto's conditional writes are not atomic under threads; and it keeps every request with its answer, because
/// moto keeps of an e-mail only one body. It ends when its standard input closes, so never later than its parent.
enum MotoLauncher {
    /// Where the recorded requests are read (GET) and dropped (DELETE).
    static let requestsPath = "/switchboard/requests"

    static let source = """
        import io, json, os, sys, threading
        from moto.server import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import make_server

        moto = DomainDispatcherApplication(create_backend_app)
        lock = threading.Lock()
        recorded = []

        def own(method):
            if method == "DELETE":
                recorded.clear()
            return json.dumps(recorded).encode()

        def serve(environ, start_response):
            method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
            if path == "\(requestsPath)":
                start_response("200 OK", [("Content-Type", "application/json")])
                return [own(method)]
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["wsgi.input"] = io.BytesIO(body)
            head = []
            with lock:
                answer = b"".join(moto(environ, lambda status, fields, error=None: head.extend([status, fields])))
                if not path.startswith("/moto-api"):
                    recorded.append({
                        "method": method, "path": path, "target": environ.get("HTTP_X_AMZ_TARGET", ""),
                        "body": body.decode("utf-8", "replace"), "status": int(head[0].split()[0]),
                        "answer": answer.decode("utf-8", "replace")})
            start_response(head[0], head[1])
            return [answer]

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
