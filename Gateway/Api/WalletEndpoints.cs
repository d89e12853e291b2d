using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Balances;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Prepaid money of customers, and the journal that all balances are sums of.</summary>
internal static class WalletEndpoints
{
    public static async Task<IResult> OpenAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("customer");
        var body = await JsonBody.ReadAsync<WalletBody>(context);
        return CommandAnswer.Of(
            await CustomerEndpoints.Customer(context, grains, id).OpenWallet(new(
                body.Id, body.Currency, body.Priority ?? WalletSpec.DefaultPriority, body.ExpiresAt, body.CreditLimit ?? 0m,
                body.TopUp is { } topUp ? new(topUp.Below, topUp.Amount) : null, body.Scope?.ToScope(), OnEmptyOf(body.OnEmpty))),
            Location(id, body.Id));
    }

    public static async Task<IResult> ListAsync(HttpContext context, IGrainFactory grains) =>
        ApiJson.Ok(new PageAnswer<WalletView>(await WalletsAsync(context, grains), null));

    public static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathWallet();
        var wallets = await WalletsAsync(context, grains);
        return Array.Find(wallets, w => w.Id == id) is { } wallet
            ? ApiJson.Entity(wallet)
            : new ProblemResult(Problem.NotFound("wallet", id));
    }

    public static async Task<IResult> GrantAsync(HttpContext context, IGrainFactory grains)
    {
        var (id, wallet) = (context.PathId("customer"), context.PathWallet());
        var body = await JsonBody.ReadAsync<GrantBody>(context);
        return CommandAnswer.Of(
            await CustomerEndpoints.Customer(context, grains, id).Grant(wallet, new(
                body.Id, KindOf(body.Kind), body.Amount, body.Priority, body.ExpiresAt, body.Reference, body.Scope?.ToScope(),
                body.RollOver?.ToSpec())),
            Location(id, wallet));
    }

    public static async Task<IResult> VoidAsync(HttpContext context, IGrainFactory grains)
    {
        var (id, wallet, grant) = (context.PathId("customer"), context.PathWallet(), context.PathGrant());
        var body = await JsonBody.ReadOptionalAsync<GrantVoidBody>(context);
        return CommandAnswer.Of(
            await CustomerEndpoints.Customer(context, grains, id).VoidGrant(wallet, grant, body.Reason), Location(id, wallet));
    }

    public static async Task<IResult> JournalAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("customer");
        return await CustomerEndpoints.Customer(context, grains, id).Journal(Query.After(context), Query.Limit(context)) is { } page
            ? Listing.Of(page, JournalEntryAnswer.Of)
            : new ProblemResult(Problem.NotFound("customer", id));
    }

    private static async Task<WalletView[]> WalletsAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.PathId("customer");
        return await CustomerEndpoints.Customer(context, grains, id).Wallets()
            ?? throw new ProblemException(Problem.NotFound("customer", id));
    }

    private static WhenEmpty? OnEmptyOf(string? text) => text switch
    {
        null => null,
        "invoice" => WhenEmpty.Invoice,
        "block" => WhenEmpty.Block,
        _ => throw new ProblemException(Problem.Invalid("wallet.on_empty_unknown", "Give 'invoice' or 'block'.", "/onEmpty")),
    };

    internal static CreditKind KindOf(string text) => text switch
    {
        "paid" => CreditKind.Paid,
        "promotional" => CreditKind.Promotional,
        _ => throw new ProblemException(Problem.Invalid("grant.kind_unknown", "Give 'paid' or 'promotional'.", "/kind")),
    };

    private static string Location(string customer, string wallet) =>
        $"{Locations.Of("customers", customer)}/wallets/{Uri.EscapeDataString(wallet)}";
}
