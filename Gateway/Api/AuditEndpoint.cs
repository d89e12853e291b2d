using OrleansBilling.Contracts.Auditing;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Recomputes bills from the log.</summary>
internal static class AuditEndpoint
{
    public static async Task<IResult> RunAsync(HttpContext context, IGrainFactory grains)
    {
        var body = await JsonBody.ReadOptionalAsync<AuditBody>(context);
        if (body.Customer is { } customer && await CustomerEndpoints.Customer(context, grains, customer).Get() is null)
        {
            return new ProblemResult(Problem.NotFound("customer", customer));
        }
        return ApiJson.Ok(await grains.GetGrain<IAuditGrain>(context.Tenant()).Run(body.Customer));
    }
}

/// <summary>What to audit.</summary>
internal sealed class AuditBody
{
    /// <summary>One customer; all when left out.</summary>
    [IdText]
    public string? Customer { get; set; }
}
