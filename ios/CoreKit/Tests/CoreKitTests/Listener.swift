import Dispatch
import Foundation

#if canImport(Glibc)
    import Glibc
    private let stream = Int32(SOCK_STREAM.rawValue)
#else
    import Darwin
    private let stream = SOCK_STREAM
#endif

/// Something that listens where a server of ours was. What it answers is up to the test.
final class Listener: @unchecked Sendable {
    private let listening: Int32

    /// `address`: an IPv4 address of this machine and a port.
    init(_ address: String) throws {
        let parts = address.split(separator: ":")
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = UInt16(parts[1])!.bigEndian
        name.sin_addr.s_addr = inet_addr(String(parts[0]))
        listening = socket(AF_INET, stream, 0)
        var yes: Int32 = 1
        setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafePointer(to: name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(listening, $0, length) }
        }
        guard bound == 0, listen(listening, 8) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    deinit { close(listening) }

    /// Waits for a caller, who is left without an answer as long as the test holds what this returns.
    func accept() async -> FileHandle {
        let listening = listening
        let caller = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(returning: systemAccept(listening, nil, nil))
            }
        }
        return FileHandle(fileDescriptor: caller, closeOnDealloc: true)
    }

    /// Answers every caller what no server of ours says.
    func answerNonsense() {
        let listening = listening
        DispatchQueue.global().async {
            while true {
                let caller = systemAccept(listening, nil, nil)
                guard caller >= 0 else { return }
                let handle = FileHandle(fileDescriptor: caller, closeOnDealloc: true)
                _ = handle.availableData
                handle.write(
                    Data("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello".utf8))
            }
        }
    }

    /// Nobody is answered any more.
    func end() { shutdown(listening, Int32(SHUT_RDWR)) }
}

private func systemAccept(
    _ socket: Int32, _ name: UnsafeMutablePointer<sockaddr>?, _ length: UnsafeMutablePointer<socklen_t>?
) -> Int32 {
    accept(socket, name, length)
}
