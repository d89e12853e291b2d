using OrleansBilling.Contracts.Reservations;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;

namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of reservations, with their documentation.</summary>
internal static class ReservationRoutes
{
    private const string Granted = """
        { "id": "session-7", "device": "sim-1", "subscription": "fleet", "meter": "data", "unit": "MB", "status": "open", "granted": "20",
          "used": "0", "grantedAt": "2026-06-10T12:00:00Z", "expiresAt": "2026-06-10T12:05:00Z", "limitedBy": "data", "lastNumber": 0 }
        """;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/devices/{id}/reservations", ReservationEndpoints.AuthorizeAsync).Needs(KeyScopes.Ingest)
            .Doc(new("Reservations", "Reserve quota",
                "Before a device uses anything: what is wanted, or as much of it as the limits of the plan leave ('blockAt'), is kept for it "
                + "until the lease ends. No two reservations get the same quota. A limit that leaves nothing, or less than 'minimum', answers "
                + "409 with code reservation.limit_reached, or reservation.balance_exhausted where it is the customer's money, and nothing is kept.")
            {
                RequestExample = """{ "id": "session-7", "meter": "data", "quantity": "50", "minimum": "1", "leaseSeconds": 300 }""",
                ResponseExample = Granted,
            }).Takes<ReservationShape>().Answers<ReservationView>(201, 200).Problems(404, 409);
        routes.MapGet("/v1/devices/{id}/reservations/{reservation}", ReservationEndpoints.GetAsync).Needs(KeyScopes.Read | KeyScopes.Ingest)
            .Doc(new("Reservations", "Read a reservation", "It is known for ten minutes after it is over.") { ResponseExample = Granted })
            .Answers<ReservationView>().Problems(404);
        routes.MapPost("/v1/devices/{id}/reservations/{reservation}/report", ReservationEndpoints.ReportAsync).Needs(KeyScopes.Ingest)
            .Doc(new("Reservations", "Report what was used",
                "It becomes usage of the device, and is on the bill when this answers. Reports are numbered from 1; sending one again is safe. "
                + "With 'next', what is left goes back and a new grant with a new lease takes its place, as far as there is quota.")
            {
                RequestExample = """{ "number": 1, "quantity": "12.5", "next": { "quantity": "50" } }""",
                ResponseExample = """
                    { "id": "session-7", "device": "sim-1", "subscription": "fleet", "meter": "data", "unit": "MB", "status": "open",
                      "granted": "7.5", "used": "12.5", "grantedAt": "2026-06-10T12:00:00Z", "expiresAt": "2026-06-10T12:09:00Z",
                      "limitedBy": "data", "lastNumber": 1, "usageStatus": "accepted" }
                    """,
            }).Takes<ReservationReportBody>().Answers<ReservationView>().Problems(404, 409);
        routes.MapPost("/v1/devices/{id}/reservations/{reservation}/release", ReservationEndpoints.ReleaseAsync).Needs(KeyScopes.Ingest)
            .Doc(new("Reservations", "Release a reservation", "The last report: what is left goes back at once.")
            {
                RequestExample = """{ "number": 2, "quantity": "3" }""",
            }).Takes<ReservationReleaseBody>().Answers<ReservationView>().Problems(404, 409);
    }
}
