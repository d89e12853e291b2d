using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Documentation;
using OrleansBilling.Gateway.Jobs;
using OrleansBilling.Gateway.Limits;
using OrleansBilling.Gateway.Usage.Csv;

namespace OrleansBilling.Gateway.Api;

/// <summary>Addresses of bulk jobs, with their documentation.</summary>
internal static class JobRoutes
{
    private const KeyScopes Readers = KeyScopes.Read | KeyScopes.Devices;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/jobs", JobEndpoints.SubmitAsync).WithMetadata(HeavyCall.Mark).Needs(KeyScopes.Devices)
            .Doc(new("Jobs", "Submit a job",
                "Registers, moves or sets the states of up to 100,000 devices (16 MiB) while nobody waits. Answered 202 "
                + "as soon as it is durable; it is carried on whatever crashes, and every item gets a result of its own. "
                + "A body that cannot be read is refused whole, with the line; an item that makes no sense fails by "
                + "itself. With CSV, whose first line names the columns, and with lines of JSON, kind and id are in the "
                + "address. At most 4 jobs of a tenant run at a time; the same id again answers 200 with that job.")
            {
                Query = ["kind", "id"],
                RequestExample = """
                    { "id": "rollout-1", "kind": "devices", "items": [ { "id": "meter-18", "subscription": "s-1" },
                      { "id": "meter-19", "subscription": "s-9" } ] }
                    """,
                CsvExample = """
                    id,subscription,identifiers.0.kind,identifiers.0.value,identifiers.0.from
                    meter-18,s-1,serial,4711,2012-06-01T00:00:00Z

                    """,
                ResponseExample = """
                    { "id": "rollout-1", "kind": "devices", "status": "running", "total": 2, "done": 0, "succeeded": 0,
                      "failed": 0, "submittedAt": "2012-06-03T08:00:00Z" }
                    """,
            }).Takes<JobShape>(CsvBodyReader.MediaType, JobLinesReader.MediaType).Answers<JobAnswer>(202, 200);
        routes.MapGet("/v1/jobs", JobEndpoints.ListAsync).Needs(Readers)
            .Doc(new("Jobs", "List jobs", "By id: those that run, and the newest 1,000 that ended in the last 30 days.")
            {
                Query = ["limit", "cursor"],
            }).Answers<PageAnswer<JobAnswer>>().Problems(422);
        routes.MapGet("/v1/jobs/{id}", JobEndpoints.GetAsync).Needs(Readers)
            .Doc(new("Jobs", "Read a job",
                "How far it is, how fast, and when it will end. With 'Prefer: wait=20' (60 seconds at most) it is "
                + "answered when the job is over, or then.")
            {
                ResponseExample = """
                    { "id": "rollout-1", "kind": "devices", "status": "finished", "total": 2, "done": 2, "succeeded": 1,
                      "failed": 1, "submittedAt": "2012-06-03T08:00:00Z", "startedAt": "2012-06-03T08:00:00.1Z",
                      "endedAt": "2012-06-03T08:00:00.2Z", "itemsPerSecond": 20 }
                    """,
            }).AnswersEntity<JobAnswer>().Problems(404);
        routes.MapPost("/v1/jobs/{id}/cancel", JobEndpoints.CancelAsync).Needs(KeyScopes.Devices)
            .Doc(new("Jobs", "Cancel a job",
                "No body. Items that were begun get their results, at most 256 more; the others are not touched. "
                + "What was done stays done."))
            .Answers<JobAnswer>().MayBeRepeated().Problems(404);
        routes.MapGet("/v1/jobs/{id}/results", JobEndpoints.ResultsAsync).Needs(Readers)
            .Doc(new("Jobs", "List results of a job",
                "What became of each item that is done, by its number. A page may be short and have a 'next' all the "
                + "same.")
            {
                Query = ["outcome", "limit", "cursor"],
                ResponseExample = """
                    { "items": [ { "item": 1, "id": "meter-18", "outcome": "succeeded", "status": "registered" },
                      { "item": 2, "id": "meter-19", "outcome": "failed", "status": "refused", "errors": [
                        { "code": "subscription.unknown", "message": "There is no subscription 's-9'.",
                          "pointer": "/subscription" } ] } ], "next": null }
                    """,
            }).Answers<PageAnswer<JobResultAnswer>>().Problems(404, 422);
        routes.MapGet("/v1/jobs/{id}/results.csv", JobEndpoints.ResultFileAsync).Needs(Readers)
            .Doc(new("Jobs", "Download results of a job",
                "The same as CSV with the columns of the items, so that rows that failed can be mended and sent again "
                + "as they are: the columns of results are passed over then.") { Query = ["outcome"] })
            .Produces(200, contentType: CsvBodyReader.MediaType).Problems(401, 403, 404, 422, 429, 503);
    }
}
