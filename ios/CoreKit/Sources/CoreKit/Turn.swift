/// Lets one step at a time through, in the order of asking. A step that has its turn goes to its end,
/// whoever asked for it is cancelled or not.
@MainActor
final class Turn {
    private var last: Task<Void, Never>?

    func take(_ step: @escaping @MainActor () async throws(Failure) -> Void) async throws(Failure) {
        let before = last
        let mine = Task { () -> Result<Void, Failure> in
            await before?.value
            do throws(Failure) {
                return .success(try await step())
            } catch {
                return .failure(error)
            }
        }
        last = Task { _ = await mine.value }
        try await mine.value.get()
    }
}
