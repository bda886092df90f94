import DoorstepCore

extension Session {
    /// Reads now and after everything that is stored, until the task is cancelled. Whoever shows it keeps
    /// what was read last where reading fails: locked meanwhile, or taken off this phone.
    @MainActor
    func follow<T: Sendable>(
        _ read: @escaping @Sendable (Client) throws -> T,
        then take: @MainActor (Result<T, Failure>) -> Void
    ) async {
        let client = client
        guard let states = try? await besides({ try client.watch() }) else { return }
        for await _ in states {
            do {
                take(.success(try await ask(read)))
            } catch {
                take(.failure(error))
            }
        }
    }
}
