namespace OrleansBilling.Contracts.AuditTrail;

/// <summary>
/// Who asks for a change, and how. It goes with the calls of a command beside their arguments; the partition that changes something writes it
/// into its audit trail in the same step. Calls without one (usage, regular work) leave no entry.
/// </summary>
/// <param name="Operation">Name of the operation, as in the API's OpenAPI document.</param>
/// <param name="Key">Id of the API key; null for a token, and for the program itself.</param>
/// <param name="Subject">Who the token was issued to; null for a key.</param>
/// <param name="Issuer">Of the token.</param>
/// <param name="Customer">The one customer that the caller is bound to; null for none.</param>
/// <param name="Tenant">Whose key or token it is.</param>
/// <param name="Operator">Whether it is an operator's.</param>
/// <param name="RequestId">What the caller, or a trace, calls the request.</param>
/// <param name="IdempotencyKey">As it was sent.</param>
[GenerateSerializer, Immutable, Alias("billing.change-caller")]
public sealed record ChangeCaller(
    [property: Id(0)] string Operation,
    [property: Id(1)] string? Key,
    [property: Id(2)] string? Subject,
    [property: Id(3)] string? Issuer,
    [property: Id(4)] string? Customer,
    [property: Id(5)] string? Tenant,
    [property: Id(6)] bool Operator,
    [property: Id(7)] string? RequestId = null,
    [property: Id(8)] string? IdempotencyKey = null)
{
    private const string ContextKey = "billing.changed-by";

    /// <summary>Who asks for the present call; null for nobody in particular.</summary>
    public static ChangeCaller? Current => RequestContext.Get(ContextKey) as ChangeCaller;

    /// <summary>Who makes what is missing when the program starts.</summary>
    public static ChangeCaller Program { get; } = new("start", null, "system", null, null, null, false);

    /// <summary>The calls that follow in this flow are made for this caller.</summary>
    public void Announce() => RequestContext.Set(ContextKey, this);

    /// <summary>The calls that follow in this flow are made for nobody: what they change has its entry already.</summary>
    public static void Forget() => RequestContext.Remove(ContextKey);
}
