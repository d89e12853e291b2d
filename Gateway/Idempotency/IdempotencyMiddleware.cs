using System.Security.Cryptography;
using System.Text;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Idempotency;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Idempotency;

/// <summary>
/// <c>Idempotency-Key</c> on changing calls: a repeat with the same key and content gets the very answer of the first, for 31 days. Only
/// answers of calls that were carried out are kept; a refusal has changed nothing, and a repeat is judged anew.
/// </summary>
/// <remarks>After authorization: a repeat needs the rights of the first call.</remarks>
internal sealed class IdempotencyMiddleware(RequestDelegate next, IGrainFactory grains)
{
    public const string Header = "Idempotency-Key";

    /// <summary>Says that an answer was given before.</summary>
    public const string Replayed = "Idempotent-Replayed";

    private const int MaxLength = 255;

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Headers.TryGetValue(Header, out var key) && Changes(context)
            ? HandleAsync(context, key.Count == 1 && IsValid(key[0]) ? key[0]! : throw Invalid())
            : next(context);

    private async Task HandleAsync(HttpContext context, string key)
    {
        using var body = await RequestBody.ReadAsync(context, BodyLimit.Events, isText: !ImageBody.IsOne(context.Request));
        var fingerprint = RequestFingerprint.Of(context.Request, body.Bytes.Span);
        var call = grains.GetGrain<IIdempotentCallGrain>(EntityKey.Of(context.Tenant(), Hash(context, key)));
        var begun = await call.Begin(fingerprint);
        switch (begun.State)
        {
            case CallState.Answered:
                await ReplayAsync(context, begun.Answer!);
                break;
            case CallState.Running:
                throw new ProblemException(Problem.CallRunning());
            case CallState.Different:
                throw new ProblemException(Problem.IdempotencyKeyReused());
            default:
                context.Request.Body = new MemoryStream(body.Bytes.ToArray(), writable: false);
                context.Request.ContentLength = body.Bytes.Length;
                await CarryOutAsync(context, call, fingerprint);
                break;
        }
    }

    private async Task CarryOutAsync(HttpContext context, IIdempotentCallGrain call, string fingerprint)
    {
        var outside = context.Response.Body;
        using var written = new MemoryStream();
        context.Response.Body = written;
        try
        {
            await next(context);
        }
        catch
        {
            await call.Release(fingerprint);
            throw;
        }
        finally
        {
            context.Response.Body = outside;
        }
        var (response, bytes) = (context.Response, written.ToArray());
        if (response.StatusCode is < 200 or > 299 || bytes.Length > CallAnswer.MaxBody)
        {
            await call.Release(fingerprint);
            await outside.WriteAsync(bytes, context.RequestAborted);
            return;
        }
        var isSealed = context.GetEndpoint()?.Metadata.GetMetadata<ShowsKey>() is not null;
        var own = new CallAnswer(
            fingerprint, default, response.StatusCode, response.ContentType, response.Headers.Location.FirstOrDefault(),
            isSealed ? SealedBody.Seal(bytes, PresentedKey.Of(context.Request)!) : bytes, isSealed);
        var counted = await call.Finish(own);
        if (counted.Body.AsSpan().SequenceEqual(own.Body))
        {
            await outside.WriteAsync(bytes, context.RequestAborted);
        }
        else
        {
            // Another copy, at another gateway, was faster.
            await ReplayAsync(context, counted);
        }
    }

    private static async Task ReplayAsync(HttpContext context, CallAnswer answer)
    {
        var body = !answer.Sealed
            ? answer.Body
            : SealedBody.Open(answer.Body, PresentedKey.Of(context.Request)!)
                ?? throw new ProblemException(Problem.AnsweredToAnotherKey());
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        response.Headers[Replayed] = "true";
        if (answer.Location is not null)
        {
            response.Headers.Location = answer.Location;
        }
        await response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>Keys of one customer see answers of calls of that customer's keys only.</summary>
    private static string Hash(HttpContext context, string key) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{context.OnlyCustomer()}\0{key}")));

    private static bool Changes(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint endpoint
        && endpoint.RoutePattern.RawText?.StartsWith("/v1/", StringComparison.Ordinal) == true
        && !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
        && context.User is ApiKeyPrincipal;

    private static bool IsValid(string? key) => key is { Length: >= 1 and <= MaxLength } && key.All(c => c is > ' ' and <= '~');

    private static ProblemException Invalid() => new(Problem.Invalid([new(
        "idempotency.key_invalid", $"Give one {Header} of 1 to {MaxLength} visible ASCII characters, for example a UUID.", null, Header)]));
}
