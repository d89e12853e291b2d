using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Core.Devices;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Requests;

/// <summary>Reads ids out of the address.</summary>
internal static class PathExtensions
{
    private const int IdSegment = 3;
    private const int ChangeSegment = 5;
    private const int EventSegment = 5;
    private const int WalletSegment = 5;
    private const int AgreementSegment = 5;
    private const int DraftSegment = 5;
    private const int PaymentSegment = 5;
    private const int MigrationSegment = 5;
    private const int GrantSegment = 7;
    private const int ReservationSegment = 5;
    private const int KeySegment = 5;
    private const int IdentifierSegment = 4;

    /// <summary>The id in <c>/v1/concept/{id}</c>; an id that cannot exist answers like one that does not.</summary>
    public static string PathId(this HttpContext context, string concept)
    {
        var id = RawId(context) ?? context.GetRouteValue("id") as string ?? "";
        return EntityId.IsValid(id) ? id : throw new ProblemException(Problem.NotFound(concept, id));
    }

    /// <summary>The id in <c>/v1/subscriptions/{id}/changes/{change}</c>.</summary>
    public static string PathChange(this HttpContext context) => InnerId(context, "change", ChangeSegment);

    /// <summary>The id in <c>/v1/devices/{id}/usage/{event}</c>.</summary>
    public static string PathEvent(this HttpContext context) => InnerId(context, "event", EventSegment);

    /// <summary>The id in <c>/v1/customers/{id}/wallets/{wallet}</c>.</summary>
    public static string PathWallet(this HttpContext context) => InnerId(context, "wallet", WalletSegment);

    /// <summary>The id in <c>/v1/plans/{id}/migrations/{migration}</c>.</summary>
    public static string PathMigration(this HttpContext context) => InnerId(context, "migration", MigrationSegment);

    /// <summary>The id in <c>/v1/customers/{id}/agreements/{agreement}</c>.</summary>
    public static string PathAgreement(this HttpContext context) => InnerId(context, "agreement", AgreementSegment);

    /// <summary>The id in <c>/v1/customers/{id}/drafts/{draft}</c>.</summary>
    public static string PathDraft(this HttpContext context) => InnerId(context, "draft", DraftSegment);

    /// <summary>The id in <c>/v1/customers/{id}/payments/{payment}</c>.</summary>
    public static string PathPayment(this HttpContext context) => InnerId(context, "payment", PaymentSegment);

    /// <summary>The id in <c>/v1/customers/{id}/wallets/{wallet}/grants/{grant}</c>.</summary>
    public static string PathGrant(this HttpContext context) => InnerId(context, "grant", GrantSegment);

    /// <summary>The id in <c>/v1/devices/{id}/reservations/{reservation}</c>.</summary>
    public static string PathReservation(this HttpContext context) => InnerId(context, "reservation", ReservationSegment);

    /// <summary>The id in <c>/v1/tenants/{id}/keys/{key}</c>.</summary>
    public static string PathKey(this HttpContext context) => InnerId(context, "key", KeySegment);

    /// <summary>The identifier in <c>/v1/identifiers/{kind}/{value}</c>.</summary>
    public static DeviceIdentifier PathIdentifier(this HttpContext context)
    {
        var (kind, value) = (
            context.GetRouteValue("kind") as string ?? "", RawId(context, IdentifierSegment) ?? context.GetRouteValue("value") as string ?? "");
        return IdentifierKinds.TryRead(kind, value, out var identifier)
            ? identifier
            : throw new ProblemException(Problem.NotFound("identifier", $"{kind} {value}"));
    }

    /// <summary>The line number in <c>/lines/{n}</c>.</summary>
    public static int PathLine(this HttpContext context)
    {
        var text = context.GetRouteValue("n") as string ?? "";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var line) && line > 0
            ? line
            : throw new ProblemException(Problem.NotFound("line", text));
    }

    private static string InnerId(HttpContext context, string concept, int segment)
    {
        var id = RawId(context, segment) ?? context.GetRouteValue(concept) as string ?? "";
        return EntityId.IsValid(id) ? id : throw new ProblemException(Problem.NotFound(concept, id));
    }

    /// <summary>The server leaves an escaped slash in the path as it is; then only the raw address tells what was
    /// meant.</summary>
    private static string? RawId(HttpContext context, int segment = IdSegment)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (!target.StartsWith('/') || !target.Contains("%2F", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }
        var segments = target.Split('?')[0].Split('/');
        return segments.Length > segment ? Uri.UnescapeDataString(segments[segment]) : null;
    }
}
