using System.Globalization;
using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Customers;

/// <summary>Wallets, grants and the journal.</summary>
internal sealed partial class CustomerGrain
{
    public async Task<CommandResult<WalletView>> OpenWallet(WalletSpec spec)
    {
        var home = await Home();
        var result = await home.DoDurably(t => Find(t) is { } customer
            ? Open(t, customer, spec, customer.Tenant.Now(home.Time))
            : CommandResult.NotFound<WalletView>("customer.unknown", "No such customer is registered."));
        if (result is { Succeeded: true, Value.OnEmpty: WhenEmpty.Block })
        {
            await TellFundsLimit(home);
        }
        return result;
    }

    public async Task<bool> HasFundsLimit()
    {
        var home = await Home();
        return await home.DoDurably(t => Find(t) is { } customer && customer.LimitsFunds(customer.Tenant.Now(home.Time)));
    }

    public async Task<FundsAnswer> AskFunds(FundsNeed need, Instant usageEnd)
    {
        var home = await Home();
        var others = home.Do(t => Find(t)!.Subscriptions.Select(s => s.View.Id).Where(s => s != need.Subscription).ToArray());
        var told = await FundsNeeded(others);
        return await home.DoDurably(t =>
        {
            var customer = Find(t)!;
            if (customer.FundsOf(need.Subscription) is { } kept && !need.IsNewerThan(kept))
            {
                throw new PartitionUnavailableException($"A newer request of subscription '{need.Subscription}' is known; send the same request again.");
            }
            var answer = customer.Answer([.. customer.Newest(told), need], usageEnd);
            if (answer.Missing.MinorUnits == 0)
            {
                t.Append(new FundsHeld(Key.Tenant, Key.Id, need));
            }
            return answer;
        });
    }

    /// <summary>
    /// Says to all subscriptions that they have to ask. Those that come later ask by themselves; what a crash leaves is told by a repeat, for
    /// nobody has an answer yet.
    /// </summary>
    private async Task TellFundsLimit(Partition home)
    {
        var subscriptions = home.Do(t => Find(t)!.Subscriptions.Select(s => s.View.Id).ToArray());
        await Task.WhenAll(subscriptions.Select(s => Subscription(s).SetFundsLimit()));
    }

    public async Task<WalletView[]?> Wallets() => await (await Home()).DoDurably(t => Find(t) is { } customer
        ? customer.Wallets is { } wallets ? [.. wallets.Ledger.Wallets.Select(wallets.View)] : Array.Empty<WalletView>()
        : null);

    public async Task<CommandResult<GrantView>> Grant(string wallet, GrantSpec spec)
    {
        var home = await Home();
        return await home.DoDurably(t => FindWallet<GrantView>(t, wallet, out var customer, out var known)
            ?? Add(t, customer, known, spec, customer.Tenant.Now(home.Time)));
    }

    public async Task<CommandResult<GrantView>> VoidGrant(string wallet, string grant, string? reason)
    {
        var home = await Home();
        return await home.DoDurably(t => FindWallet<GrantView>(t, wallet, out var customer, out _)
            ?? (customer.Wallets!.Ledger.Find(wallet, grant) is { } known
                ? Void(t, customer.Wallets, known, reason, customer.Tenant.Now(home.Time))
                : CommandResult.NotFound<GrantView>("grant.unknown", "The wallet has no such grant.")));
    }

    public async Task<Page<JournalEntry>?> Journal(string? cursor, int limit) => await (await Home()).DoDurably(t =>
    {
        if (Find(t) is not { } customer)
        {
            return null;
        }
        var after = int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : 0;
        // One more than asked for tells whether there is another page.
        JournalEntry[] entries = [.. customer.Journal.Skip(after).Take(limit + 1)];
        return entries.Length > limit
            ? new Page<JournalEntry>(entries[..limit], (after + limit).ToString(CultureInfo.InvariantCulture))
            : new(entries, null);
    });

    private CommandResult<WalletView> Open(Partition.Turn t, CustomerState customer, WalletSpec spec, Instant now)
    {
        if (customer.Wallets?.Ledger.Find(spec.Id) is { } known)
        {
            return WalletRules.Same(known, spec)
                ? CommandResult.Unchanged(customer.Wallets.View(known))
                : CommandResult.Conflict<WalletView>("wallet.exists", "This wallet id exists with other content.", "/id");
        }
        if (customer.Wallets?.Ledger.Wallets.Count >= CustomerWallets.MaxWallets)
        {
            return CommandResult.Rejected<WalletView>(
                new CommandError("wallet.too_many", $"A customer has at most {CustomerWallets.MaxWallets} wallets; use one of them."));
        }
        var (wallet, errors) = WalletRules.Read(spec, Currency.FromCode(customer.Spec.Currency), now);
        if (wallet is null)
        {
            return CommandResult.Rejected<WalletView>(errors);
        }
        t.Append(new WalletOpened(Key.Tenant, Key.Id, wallet));
        return CommandResult.Created(customer.Wallets!.View(wallet));
    }

    private CommandResult<GrantView> Add(Partition.Turn t, CustomerState customer, Wallet wallet, GrantSpec spec, Instant now)
    {
        var wallets = customer.Wallets!;
        if (wallets.Ledger.Find(wallet.Id, spec.Id) is { } known)
        {
            return WalletRules.Same(known, wallet, spec)
                ? CommandResult.Unchanged(wallets.View(known))
                : CommandResult.Conflict<GrantView>("grant.exists", "This grant id exists in the wallet with other content.", "/id");
        }
        if (wallet.ExpiresAt <= now)
        {
            return CommandResult.Conflict<GrantView>("wallet.expired", $"The wallet expired at {wallet.ExpiresAt}; open another one.");
        }
        if (WalletRules.TopUpRefusal(wallets.Ledger, wallet, spec) is { } refusal)
        {
            return CommandResult.Conflict<GrantView>(refusal.Code, refusal.Message, refusal.Pointer);
        }
        if (wallets.Ledger.Grants.Count >= CustomerWallets.MaxGrants)
        {
            return CommandResult.Rejected<GrantView>(
                new CommandError("grant.too_many", $"A customer's wallets take at most {CustomerWallets.MaxGrants} grants in all."));
        }
        var (grant, errors) = WalletRules.Read(spec, wallet, now);
        if (grant is null)
        {
            return CommandResult.Rejected<GrantView>(errors);
        }
        t.Append(new CreditGranted(Key.Tenant, Key.Id, grant, Postings.OfGrant(grant, wallets.Ledger.Owed(wallet.Id))));
        return CommandResult.Created(wallets.View(grant));
    }

    private CommandResult<GrantView> Void(
        Partition.Turn t, CustomerWallets wallets, CreditGrant grant, string? reason, Instant now)
    {
        if (wallets.EndOf(grant) is { Expired: false })
        {
            return CommandResult.Unchanged(wallets.View(grant));
        }
        if (grant.ExpiresAt <= now)
        {
            return CommandResult.Conflict<GrantView>("grant.expired", $"The grant expired at {grant.ExpiresAt}.");
        }
        var left = wallets.Ledger.Left(grant);
        if (left.MinorUnits == 0)
        {
            return CommandResult.Conflict<GrantView>("grant.used", "Nothing is left of the grant.");
        }
        t.Append(new GrantEnded(
            Key.Tenant, Key.Id, grant.Wallet, grant.Id, false, now, now, reason, Postings.OfEnd(grant, left, expired: false)));
        return CommandResult.Updated(wallets.View(grant));
    }

    /// <returns>Why there is no such wallet; null when there is.</returns>
    private CommandResult<T>? FindWallet<T>(Partition.Turn t, string id, out CustomerState customer, out Wallet wallet) where T : class
    {
        customer = Find(t)!;
        wallet = customer?.Wallets?.Ledger.Find(id)!;
        return customer is null ? CommandResult.NotFound<T>("customer.unknown", "No such customer is registered.")
            : wallet is null ? CommandResult.NotFound<T>("wallet.unknown", "The customer has no such wallet.")
            : null;
    }
}
