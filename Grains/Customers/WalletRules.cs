using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.Periods;

namespace OrleansBilling.Grains.Customers;

/// <summary>What a wallet and a grant may be.</summary>
internal static class WalletRules
{
    private const int LowestPriority = 1;
    private const int HighestPriority = 1_000;

    /// <summary>Times that a grant goes on.</summary>
    private const int MaxTimes = 1_000;

    /// <summary>Leaves room for what is added to the id.</summary>
    private const int MaxRolledId = 120;

    /// <summary>In major units; the sums of 10,000 grants still fit the minor units of every currency.</summary>
    private const decimal MaxAmount = 100_000_000_000m;

    /// <returns>The wallet, or everything that is wrong.</returns>
    public static (Wallet? Wallet, CommandError[] Errors) Read(WalletSpec spec, Currency currency, Instant now)
    {
        var errors = new List<CommandError>();
        if (spec.Currency is not null && spec.Currency != currency.Code)
        {
            errors.Add(new("wallet.currency", $"Wallets are in the customer's currency, which is {currency}.", "/currency"));
        }
        CheckPriority(spec.Priority, "wallet.priority", errors);
        CheckExpiry(spec.ExpiresAt, now, "wallet.expiry_past", errors);
        if (Exact(spec.CreditLimit, currency) is not { MinorUnits: >= 0 } limit)
        {
            errors.Add(Amount("wallet.credit_limit", "Give zero or more", "/creditLimit", currency));
            limit = Money.Zero(currency);
        }
        var topUp = TopUp(spec.TopUp, currency, errors);
        ScopeRules.Check(spec.Scope, errors);
        return errors.Count > 0 ? (null, [.. errors]) : (new(spec.Id, spec.Priority, spec.ExpiresAt, limit, now, topUp, spec.Scope, spec.OnEmpty), []);
    }

    /// <summary>Why a grant with the id of an automatic top-up cannot be made; null when it can, or has another id.</summary>
    public static CommandError? TopUpRefusal(Ledger ledger, Wallet wallet, GrantSpec spec)
    {
        if (wallet.TopUp is not { } rule || !TopUps.IsTopUp(spec.Id))
        {
            return null;
        }
        if (!TopUps.IsDue(ledger, wallet) || spec.Id != TopUps.NextId(ledger, wallet))
        {
            return new(
                "grant.top_up_not_due", $"The next automatic top-up is '{TopUps.NextId(ledger, wallet)}', due below {rule.Below}; "
                + "give another grant an id that does not begin with 'top-up-'.", "/id");
        }
        return spec.Kind == CreditKind.Paid && spec.Amount == rule.Amount.ToDecimal()
            ? null
            : new("grant.top_up_amount", $"An automatic top-up of this wallet is paid, and {rule.Amount}.", "/amount");
    }

    private static TopUpRule? TopUp(TopUpSpec? spec, Currency currency, List<CommandError> errors)
    {
        if (spec is null)
        {
            return null;
        }
        if (Exact(spec.Below, currency) is not { MinorUnits: >= 0 } below)
        {
            errors.Add(Amount("wallet.top_up_below", "Give zero or more", "/topUp/below", currency));
            return null;
        }
        if (Exact(spec.Amount, currency) is not { MinorUnits: > 0 } amount)
        {
            errors.Add(Amount("wallet.top_up_amount", "Give more than zero", "/topUp/amount", currency));
            return null;
        }
        return new(below, amount);
    }

    /// <returns>The grant, or everything that is wrong.</returns>
    public static (CreditGrant? Grant, CommandError[] Errors) Read(GrantSpec spec, Wallet wallet, Instant now)
    {
        var currency = wallet.CreditLimit.Currency;
        var errors = new List<CommandError>();
        if (Exact(spec.Amount, currency) is not { MinorUnits: > 0 } amount)
        {
            errors.Add(Amount("grant.amount", "Give more than zero", "/amount", currency));
            amount = Money.Zero(currency);
        }
        CheckPriority(spec.Priority, "grant.priority", errors);
        CheckExpiry(spec.ExpiresAt, now, "grant.expiry_past", errors);
        if (spec.ExpiresAt > wallet.ExpiresAt)
        {
            errors.Add(new("grant.expiry_after_wallet", $"The wallet itself expires at {wallet.ExpiresAt}; give that or earlier.", "/expiresAt"));
        }
        ScopeRules.Check(spec.Scope, errors);
        CheckRollOver(spec, wallet, errors);
        return errors.Count > 0
            ? (null, [.. errors])
            : (Grant(spec, wallet, amount, now), []);
    }

    /// <summary>Whether a repeat asks for the same wallet.</summary>
    public static bool Same(Wallet known, WalletSpec spec) =>
        (spec.Currency is null || spec.Currency == known.CreditLimit.Currency.Code)
        && (known.Priority, known.ExpiresAt, known.CreditLimit.ToDecimal()) == (spec.Priority, spec.ExpiresAt, spec.CreditLimit)
        && Equals(known.Scope, spec.Scope) && (known.OnEmpty ?? WhenEmpty.Invoice) == (spec.OnEmpty ?? WhenEmpty.Invoice)
        && (known.TopUp?.Below.ToDecimal(), known.TopUp?.Amount.ToDecimal()) == (spec.TopUp?.Below, spec.TopUp?.Amount);

    /// <summary>Whether a repeat asks for the same grant.</summary>
    public static bool Same(CreditGrant known, Wallet wallet, GrantSpec spec) =>
        known.Amount.ToDecimal() == spec.Amount && known == Grant(spec, wallet, known.Amount, known.GrantedAt);

    private static CreditGrant Grant(GrantSpec spec, Wallet wallet, Money amount, Instant now) => new(
        wallet.Id, spec.Id, spec.Kind, amount, spec.Priority ?? wallet.Priority, spec.ExpiresAt ?? wallet.ExpiresAt, now, spec.Reference,
        spec.Scope ?? wallet.Scope, RollOver(spec, wallet));

    /// <summary>Null too where it makes no sense.</summary>
    private static CreditRollOver? RollOver(GrantSpec spec, Wallet wallet) => spec is { RollOver: { } rule, ExpiresAt: { } expiry }
        ? new(
            rule.Cycle, rule.TimeZone, rule.Percent is { } percent ? DecimalText.Normalize(percent) : null,
            rule.Maximum is { } most ? Exact(most, wallet.CreditLimit.Currency) : null, rule.Times, expiry, wallet.ExpiresAt)
        : null;

    private static void CheckRollOver(GrantSpec spec, Wallet wallet, List<CommandError> errors)
    {
        if (spec.RollOver is not { } rule)
        {
            return;
        }
        if (spec.ExpiresAt is null || spec.ExpiresAt == wallet.ExpiresAt)
        {
            errors.Add(new("grant.roll_over_without_expiry", "Give the grant an 'expiresAt' before the wallet's; nothing goes on otherwise.", "/rollOver"));
        }
        if (spec.Id.Length > MaxRolledId)
        {
            errors.Add(new("grant.roll_over_id", $"Ids of what goes on are made from this one: give at most {MaxRolledId} characters.", "/id"));
        }
        if (rule.Cycle.Count is < 1 or > BillingCycle.MaxCount)
        {
            errors.Add(new("grant.roll_over_cycle", $"Give a count from 1 to {BillingCycle.MaxCount}.", "/rollOver/cycle/count"));
        }
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(rule.TimeZone) is null)
        {
            errors.Add(new("grant.roll_over_zone", "The time zone must be an IANA id such as Europe/Berlin.", "/rollOver/timeZone"));
        }
        if (rule.Percent is <= 0m or > 100m || rule.Percent is { Scale: > QuantityLimits.MaxFractionalDigits })
        {
            errors.Add(new("grant.roll_over_percent", "Give more than 0 and at most 100 percent, or leave it out for all.", "/rollOver/percent"));
        }
        if (rule.Maximum is { } maximum && Exact(maximum, wallet.CreditLimit.Currency) is not { MinorUnits: > 0 })
        {
            errors.Add(Amount("grant.roll_over_maximum", "Give more than zero", "/rollOver/maximum", wallet.CreditLimit.Currency));
        }
        if (rule.Times is < 1 or > MaxTimes)
        {
            errors.Add(new("grant.roll_over_times", $"Give 1 to {MaxTimes} times.", "/rollOver/times"));
        }
    }

    private static void CheckPriority(int? priority, string code, List<CommandError> errors)
    {
        if (priority is < LowestPriority or > HighestPriority)
        {
            errors.Add(new(code, $"Give a priority from {LowestPriority} to {HighestPriority}; lower is drawn first.", "/priority"));
        }
    }

    private static void CheckExpiry(Instant? expiresAt, Instant now, string code, List<CommandError> errors)
    {
        if (expiresAt <= now)
        {
            errors.Add(new(code, $"Give an instant after now, which is {now}.", "/expiresAt"));
        }
    }

    /// <summary>Null for what is no whole number of minor units, and for what is absurd.</summary>
    private static Money? Exact(decimal amount, Currency currency)
    {
        if (Math.Abs(amount) > MaxAmount)
        {
            return null;
        }
        var money = Money.FromExact(amount, currency, LineRounding.HalfAwayFromZero);
        return money.ToDecimal() == amount ? money : null;
    }

    private static CommandError Amount(string code, string sign, string pointer, Currency currency) => new(
        code, $"{sign}, at most {MaxAmount:F0}, with at most {currency.MinorUnitDigits} digits after the point.", pointer);
}
