using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;
using OrleansBilling.Gateway.Limits;

namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of corrections, with their documentation.</summary>
internal static class CorrectionRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/devices/{id}/usage/{event}/void", CorrectionEndpoints.VoidAsync).Needs(KeyScopes.Billing)
            .Doc(new("Usage", "Void an event",
                "As if it had never come: the running bill forgets it, and what an invoice billed of it is taken back on the next one, as the "
                + "difference of the whole period. An event in quarantine is discarded. Both stay on record; sending the event again is a duplicate.")
            {
                RequestExample = """{ "id": "fix-1", "reason": "the meter was tested", "position": "3:1234" }""",
            }).Takes<CorrectionBody>().Answers<CorrectionAnswer>(201, 200).Problems(404, 409);
        routes.MapPost("/v1/devices/{id}/usage/{event}/amend", CorrectionEndpoints.AmendAsync).Needs(KeyScopes.Billing)
            .Doc(new("Usage", "Amend an event",
                "As if it had come with this value, these dimensions, this time; what is left out stays. An event in quarantine is billed if it "
                + "can be now. It may be amended again: what was said last counts.")
            {
                RequestExample = """{ "id": "fix-2", "reason": "read wrongly", "value": "7.5" }""",
            }).Takes<AmendmentShape>().Answers<CorrectionAnswer>(201, 200).Problems(404, 409);
        routes.MapPost("/v1/usage/corrections", CorrectionEndpoints.BatchAsync).WithMetadata(HeavyCall.Mark).Needs(KeyScopes.Billing)
            .Doc(new("Usage", "Correct many events",
                "At most 1,000. Every correction is answered by itself: one that is refused does not hold up the others. Durable when "
                + "answered; sending the same corrections again is safe.")
            {
                RequestExample = """
                    { "corrections": [ { "id": "fix-3", "device": "meter-17", "event": "e-1", "action": "void", "reason": "sent twice" },
                      { "id": "fix-4", "device": "meter-17", "event": "e-9", "action": "amend", "reason": "read wrongly", "value": "2" } ] }
                    """,
                ResponseExample = """
                    { "corrected": 1, "unchanged": 0, "refused": 1, "results": [
                      { "id": "fix-3", "status": "corrected", "correction": { "id": "fix-3", "action": "void", "reason": "sent twice",
                        "device": "meter-17", "meter": "energy", "event": "e-1", "position": "3:1300", "eventPosition": "3:1234",
                        "recordedAt": "2012-06-03T00:00:00Z", "before": { "time": "2012-06-02T08:00:00Z", "value": "0.75", "unit": "kWh",
                        "subscription": "s-1", "periodStart": "2012-06-01T00:00:00Z", "billedPeriodStart": "2012-06-01T00:00:00Z" } } },
                      { "id": "fix-4", "status": "refused", "errors": [ { "code": "usage.unknown",
                        "message": "The device has sent no event with this id.", "pointer": "/corrections/1/event" } ] } ] }
                    """,
            }).Takes<CorrectionBatchShape>().Answers<CorrectionBatchAnswer>();
        routes.MapGet("/v1/usage/corrections", CorrectionEndpoints.ListAsync)
            .Doc(new("Usage", "List corrections", "Both versions of every corrected event: all, of a device, or of one of its events.")
            {
                Query = ["device", "event", "source", "limit", "cursor"],
            }).Answers<PageAnswer<CorrectionAnswer>>().Problems(422);
        routes.MapPost("/v1/quarantine/discard", QuarantineEndpoint.DiscardAsync).WithMetadata(HeavyCall.Mark).Needs(KeyScopes.Billing)
            .Doc(new("Usage", "Discard quarantined events",
                "Voids what will never be billed, at most 1,000 a call: of a device, of a meter, or held for a reason. Each is a correction with "
                + "the reason given. Repeat with 'next' until it is null.")
            {
                RequestExample = """{ "id": "clean-up-1", "reason": "test devices", "quarantined": "usage.unassigned" }""",
                ResponseExample = """
                    { "discarded": 1, "refused": 0, "results": [
                      { "id": "e-7", "device": "meter-17", "quarantined": "3:120", "position": "3:481" } ], "next": null }
                    """,
            }).Takes<QuarantineDiscardBody>().Answers<QuarantineDiscardAnswer>();
    }
}
