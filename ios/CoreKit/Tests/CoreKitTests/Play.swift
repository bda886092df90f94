import CoreKit
import DoorstepCore
import Foundation

/// Plays one scenario of `tests/scenarios`; see the README there for what each step means.
final class Play {
    var office: Office!
    var phones: [String: Phone] = [:]
    var cases: [String: CaseId] = [:]
    var docs: [String: DocId] = [:]
    var drafts: [String: DraftId] = [:]

    func step(_ step: Json) async throws {
        guard let wanted = try step.object["fails"]?.text else { return try await does(step) }
        do {
            try await does(step)
        } catch let error as ClientError {
            return try same(Failure(error).key, wanted)
        } catch let failure as Failure {
            return try same(failure.key, wanted)
        }
        throw Differs(found: "it worked", wanted: wanted)
    }

    private func does(_ step: Json) async throws {
        let verb = try step["do"].text
        if let expectation = verb.dropping("expect_") { return try expect(expectation, step) }
        switch verb {
        case "office": office = try await openOffice(step)
        case "assign": try office.assign(try known(step), to: step["member"].text, as: step["role"].text)
        case "network_down": office.stop()
        case "network_up": try office.start()
        case "enrol": phones[try step["phone"].text] = try await .enrolled(office, step["phone"].text)
        case "sync": try await phone(step).sync()
        case "restart": try await phone(step).restart()
        case "set_pin": try await phone(step).session.setPin(step["pin"].text)
        case "unlock": try await phone(step).session.unlock(step["pin"].text)
        case "lock": _ = try client(step).lock()
        case "record", "edit", "save_done", "save_later", "delete_draft", "restore_draft", "group_session":
            try write(verb, step)
        default: try decide(verb, step)
        }
    }

    private func openOffice(_ step: Json) async throws -> Office {
        let members = try step["members"].list.map { member in
            Member(
                name: try member["name"].text, roles: try member["roles"].texts,
                supervises: try member.object["supervises"]?.isYes ?? false)
        }
        return try await Office(members)
    }

    private func write(_ verb: String, _ step: Json) throws {
        let client = try client(step)
        let key = try key(step)
        switch verb {
        case "record":
            let scope = Scope.case(id: try known(step))
            let kind = entryKindOf(code: try step["kind"].text)
            let draft = try client.startDraft(scope: scope, class: try part(step), kind: kind)
            drafts[key] = draft
            try client.typeInto(id: draft, edits: try edits(step))
        case "edit":
            let draft = try drafts[key] ?? client.editDraftOf(doc: try entry(step))
            drafts[key] = draft
            try client.typeInto(id: draft, edits: try edits(step))
        case "save_done": docs[try step["entry"].text] = try client.saveDone(id: try taken(step))
        case "save_later": docs[try step["entry"].text] = try client.saveLater(id: try taken(step))
        case "delete_draft": try client.deleteDraft(id: try draft(step))
        case "restore_draft": try client.restoreDraft(id: try draft(step))
        default: try recordGroupSession(step)
        }
    }

    private func recordGroupSession(_ step: Json) throws {
        let made = try client(step).recordGroupSession(
            team: office.team, edits: try edits(step), cases: try step["cases"].texts.map { cases[$0]! })
        docs[try step["session"].text] = made.session
        for (name, doc) in zip(try step["entries"].texts, made.shares) { docs[name] = doc }
    }

    private func decide(_ verb: String, _ step: Json) throws {
        let client = try client(step)
        switch verb {
        case "open_case":
            cases[try step["case"].text] = try client.openCase(
                new: NewCase(
                    team: office.team, kind: caseKindOf(code: try step["kind"].text), minor: false,
                    contact: [Edit(field: "pseudonym", value: try step["case"].value)], file: [],
                    restricted: []))
        case "submit": try client.submit(doc: try entry(step))
        case "approve": try client.approve(doc: try entry(step), shown: try shown(step))
        case "return":
            try client.returnEntry(
                doc: try entry(step), shown: try shown(step), fields: try step["fields"].texts,
                reason: try step["reason"].text)
        case "comment": _ = try client.comment(doc: try entry(step), fields: [], text: try step["text"].text)
        case "resolve":
            guard
                let open = try client.entry(doc: try entry(step)).review.comments.first(where: {
                    !$0.resolved
                })
            else { throw Unreadable(what: "no remark is open") }
            try client.resolve(doc: try entry(step), comment: open.action)
        case "withdraw": try client.withdraw(doc: try entry(step), reason: try step["reason"].text)
        case "copy_to_case":
            docs[try step["copy"].text] = try client.copyToCase(doc: try entry(step), case: try known(step))
        case "settle":
            try client.settle(
                doc: try entry(step), field: try step["field"].text, value: try step["value"].value)
        default: throw Unreadable(what: "no such step: \(verb)")
        }
    }
}
