using NodaTime;
using NodaTime.Text;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Agreements;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Pricing;

namespace OrleansBilling.Grains.Customers;

/// <summary>What an agreement over all subscriptions may be.</summary>
internal static class AgreementRules
{
    public const int MaxAgreements = 1_000;

    /// <summary>In major units.</summary>
    private const decimal MaxAmount = 100_000_000_000m;

    /// <returns>The agreement, or everything that is wrong.</returns>
    public static (SpendAgreement? Agreement, CommandError[] Errors) Read(AgreementSpec spec, CustomerState customer, Instant now)
    {
        var errors = new List<CommandError>();
        CheckBounds(spec, Currency.FromCode(customer.Spec.Currency), errors);
        if (spec.Cycle.Count is < 1 or > BillingCycle.MaxCount)
        {
            errors.Add(new("agreement.cycle_count", $"Give a count from 1 to {BillingCycle.MaxCount}.", "/cycle/count"));
        }
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(spec.TimeZone ?? "Etc/UTC");
        if (zone is null)
        {
            errors.Add(new("agreement.time_zone", "The time zone must be an IANA id such as Europe/Berlin.", "/timeZone"));
        }
        var from = spec.From ?? now;
        var anchor = Anchor(spec, from.InZone(zone ?? DateTimeZone.Utc).Date);
        if (anchor is null)
        {
            errors.Add(new("agreement.anchor", "The anchor date must be an ISO date such as 2026-01-31.", "/anchorDate"));
        }
        if (spec.To <= from)
        {
            errors.Add(new("agreement.end", "'to' must come after 'from'.", "/to"));
        }
        if (errors.Count > 0)
        {
            return (null, [.. errors]);
        }
        var agreement = new SpendAgreement(
            spec.Id, spec.Minimum, spec.Maximum, from, spec.To, spec.TimeZone ?? "Etc/UTC", LocalDatePattern.Iso.Format(anchor!.Value), spec.Cycle);
        var earliest = Earliest(customer, agreement, now);
        return from >= earliest
            ? (agreement, [])
            : (null, [new("agreement.from_past", $"What was billed stays: give an instant at or after {earliest}.", "/from")]);
    }

    /// <summary>The agreement of the customer that is in force at the same time; null when there is none.</summary>
    public static SpendAgreement? Overlapping(CustomerState customer, SpendAgreement agreement) => customer.Agreements?.Book.Agreements
        .FirstOrDefault(a => !(a.To <= agreement.From) && !(agreement.To <= a.From));

    /// <summary>Before that, what invoices say could change: no earlier than the present period, and than the newest invoice.</summary>
    public static Instant Earliest(CustomerState customer, SpendAgreement agreement, Instant now) => customer.Invoices
        .Select(i => i.PeriodEnd).Append(new SpendCalendar(agreement).WholeAt(now).Start).Max();

    /// <summary>Why an agreement cannot end at an instant; null when it can.</summary>
    public static CommandError? EndRefusal(CustomerState customer, SpendAgreement agreement, Instant at, Instant now)
    {
        if (at >= agreement.To)
        {
            return new("agreement.ended", $"The agreement ends at {agreement.To} already; make another one for what follows.", "/at");
        }
        if (at <= agreement.From)
        {
            return new("agreement.end", $"It begins at {agreement.From}: give a later instant.", "/at");
        }
        var earliest = Earliest(customer, agreement, now);
        return at >= earliest ? null : new("agreement.end_past", $"What was billed stays: give an instant at or after {earliest}.", "/at");
    }

    private static void CheckBounds(AgreementSpec spec, Currency currency, List<CommandError> errors)
    {
        if (spec.Minimum is null && spec.Maximum is null)
        {
            errors.Add(new("agreement.bounds_missing", "Give a 'minimum', a 'maximum', or both."));
        }
        CheckAmount(spec.Minimum, currency, "/minimum/amount", errors);
        CheckAmount(spec.Maximum, currency, "/maximum/amount", errors);
        if (spec.Minimum?.Amount > spec.Maximum?.Amount)
        {
            errors.Add(new("agreement.minimum_above_maximum", "The minimum is more than the maximum.", "/minimum/amount"));
        }
        if (spec.Minimum is { Block: true })
        {
            errors.Add(new("agreement.minimum_block", "A minimum ends nothing: say 'block' of the 'maximum', or leave it out.", "/minimum/block"));
        }
        if (spec is { Minimum.Prorate: false, Maximum.Prorate: true })
        {
            errors.Add(new(
                "agreement.maximum_prorated_alone", "In a part of a period the maximum would be below the minimum: prorate both, or none.",
                "/maximum/prorate"));
        }
    }

    private static void CheckAmount(CommitmentDefinition? bound, Currency currency, string pointer, List<CommandError> errors)
    {
        if (bound is not null && (bound.Amount is < 0m or > MaxAmount
            || Money.FromExact(bound.Amount, currency, LineRounding.HalfAwayFromZero).ToDecimal() != bound.Amount))
        {
            errors.Add(new(
                "agreement.amount", $"Give zero or more, at most {MaxAmount:F0}, with at most {currency.MinorUnitDigits} digits after the point.",
                pointer));
        }
    }

    private static LocalDate? Anchor(AgreementSpec spec, LocalDate from)
    {
        if (spec.AnchorDate is null)
        {
            return spec.Cycle.Unit == CycleUnit.Month ? new(from.Year, from.Month, 1) : from;
        }
        var parsed = LocalDatePattern.Iso.Parse(spec.AnchorDate);
        return parsed.Success && parsed.Value.Year is > 1900 and < 2200 ? parsed.Value : null;
    }
}
