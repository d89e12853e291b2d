using NodaTime;
using OrleansBilling.Core.Taxation.Data;
using OrleansBilling.Core.Taxation.Schemes;

namespace OrleansBilling.Core.Taxation.Assessing;

/// <summary>Finds the place, the rule and the rates of one line.</summary>
internal sealed class LineAssessment(TaxData data, TaxRequest request, TaxableLine line)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);

    internal AssessedLine Assess()
    {
        var seller = request.Seller.Place;
        if (!data.TryFind(seller.Country, out var home))
        {
            return Held(TaxHoldCodes.NoRules, $"There are no tax rules for the seller's country, {seller.Country}.");
        }
        _used.Add(seller.Country);
        if (line.ProductClass == TaxClasses.NotASupply)
        {
            return Free(new(home.Code, TaxSchemes.Get(home.Scheme).Tax, TaxCategory.OutsideScope, 0m, "common.not_a_supply", "not_a_supply"), []);
        }
        if (!data.HasClass(line.ProductClass))
        {
            return Held(TaxHoldCodes.ClassUnknown, $"No data file knows the class of product '{line.ProductClass}'.");
        }
        if ((line.Place ?? request.Buyer.Place) is not { } place || string.IsNullOrEmpty(place.Country))
        {
            return Held(TaxHoldCodes.BuyerCountryMissing, "Give the buyer's country: without it nobody knows whose tax is due.");
        }
        return Find(home, place, out var there) is { } hold ? hold : Decide(home, there!, place);
    }

    private AssessedLine? Find(Jurisdiction home, TaxPlace place, out Jurisdiction? there)
    {
        if (!data.TryFind(place.Country, out there))
        {
            return Held(
                TaxHoldCodes.NoRules,
                $"There are no tax rules for {place.Country}. Add them by a data file of your own, or use an external calculator.");
        }
        _used.Add(place.Country);
        if ((home.TerritoryOf(request.Seller.Place) ?? there.TerritoryOf(place)) is { } territory)
        {
            return Held(
                TaxHoldCodes.SpecialTerritory, $"{territory.Name} has tax rules of its own, which the data does not have.");
        }
        if (!TaxSchemes.Get(there.Scheme).NeedsRegion(request.Seller))
        {
            return null;
        }
        if (place.Region is null)
        {
            return Held(
                TaxHoldCodes.RegionMissing, $"Give the state or province of the buyer in {place.Country}, as ISO 3166-2 (e.g. US-NY).");
        }
        if (!data.TryFind(place.Region, out var region) || region.Scheme != there.Scheme)
        {
            return Held(TaxHoldCodes.RegionUnknown, $"The data has no taxes of {place.Region}.");
        }
        _used.Add(place.Region);
        return null;
    }

    private AssessedLine Decide(Jurisdiction home, Jurisdiction there, TaxPlace place)
    {
        var supply = new Supply(request, line, place);
        var (from, to) = (TaxSchemes.Get(home.Scheme), TaxSchemes.Get(there.Scheme));
        if (home.Scheme == there.Scheme)
        {
            return Answer(from.Domestic(supply), null, []);
        }
        if (supply.IsGoods
            && EuScheme.MemberState(request.Seller.Place, data) is not null && EuScheme.MemberState(place, data) is not null)
        {
            return Answer(TaxSchemes.Get("eu").Domestic(supply), null, []);
        }
        var inbound = to.Inbound(supply);
        return inbound is Decision.NotOwed notOwed
            ? Answer(from.Outbound(supply), notOwed.Rule, notOwed.Notes)
            : Answer(inbound, null, []);
    }

    private AssessedLine Answer(Decision decision, string? rule, IReadOnlyList<string> notes)
    {
        switch (decision)
        {
            case Decision.Held held:
                return Held(held.Code, held.Reason);
            case Decision.Free free:
                var key = new TaxKey(
                    free.Jurisdiction, free.Tax, free.Category, 0m, rule is null ? free.Rule : $"{free.Rule}/{rule}", free.Reason, free.Vatex);
                return Free(key, [.. notes, .. decision.Notes]);
            case Decision.Charged charged:
                return Charged(charged, [.. notes, .. decision.Notes]);
            default:
                throw new InvalidOperationException($"A scheme answered {decision} where something has to be decided.");
        }
    }

    private AssessedLine Free(TaxKey key, IReadOnlyList<string> notes)
    {
        _used.Add(key.Jurisdiction);
        return new([(line.Supply, [key])], notes, [], [.. _used], false, null);
    }

    private AssessedLine Charged(Decision.Charged charged, IReadOnlyList<string> notes)
    {
        var found = new List<(ChargedTax Tax, IReadOnlyList<(SupplyPeriod Supply, RateTreatment Rate)> Parts)>();
        var perInvoice = false;
        foreach (var tax in charged.Taxes)
        {
            var (parts, hold) = Rates(tax);
            if (parts is null)
            {
                return AssessedLine.Held(hold! with { LineId = line.Id });
            }
            found.Add((tax, parts));
            _used.Add(tax.Jurisdiction);
            perInvoice |= data.TryFind(tax.Jurisdiction, out var jurisdiction) && jurisdiction.RoundsPerInvoice;
        }
        var rates = found.SelectMany(f => f.Parts.Select(p => (Key(f.Tax, p.Rate), p.Rate))).ToList();
        return new([.. Pieces(found)], notes, rates, [.. _used], perInvoice, null);
    }

    /// <summary>Where one of several taxes changes its rate, the line is cut for all of them.</summary>
    private IEnumerable<(SupplyPeriod, IReadOnlyList<TaxKey>)> Pieces(
        IReadOnlyList<(ChargedTax Tax, IReadOnlyList<(SupplyPeriod Supply, RateTreatment Rate)> Parts)> found)
    {
        var starts = found.SelectMany(f => f.Parts.Select(p => p.Supply.First)).Distinct().Order().ToList();
        for (var i = 0; i < starts.Count; i++)
        {
            var first = starts[i];
            var last = i + 1 < starts.Count ? starts[i + 1].PlusDays(-1) : line.Supply.Last;
            yield return (
                new(first, last),
                [.. found.Select(f => Key(f.Tax, f.Parts.Last(p => p.Supply.First <= first).Rate))]);
        }
    }

    private (IReadOnlyList<(SupplyPeriod Supply, RateTreatment Rate)>? Parts, TaxHold? Hold) Rates(ChargedTax tax)
    {
        if (!data.TryFind(tax.Jurisdiction, out var jurisdiction)
            || !jurisdiction.Rates.TryGetValue((tax.Tax, line.ProductClass), out var rates))
        {
            return (null, new(
                TaxHoldCodes.ClassNotCovered, $"The data does not say how {tax.Jurisdiction} taxes {line.ProductClass} ({tax.Tax})."));
        }
        var chosen = new RateChoice(jurisdiction, tax.Tax, line, request.InvoiceDate, rates).Choose();
        var latest = LocalDate.Max(line.TaxPoint ?? line.Supply.Last, line.TaxPoint ?? request.InvoiceDate);
        return request.Settings.MaxDataAgeDays is { } days && latest > data.ReviewedThrough(tax.Jurisdiction).PlusDays(days)
            ? (null, new(
                TaxHoldCodes.OutsideData,
                $"The data of {tax.Jurisdiction} was reviewed through {data.ReviewedThrough(tax.Jurisdiction):R}, more than {days} days before."))
            : chosen;
    }

    private TaxKey Key(ChargedTax tax, RateTreatment rate)
    {
        var day = line.TaxPoint ?? line.Supply.Last;
        if (request.Buyer.Exemptions?.FirstOrDefault(e => e.Jurisdiction == tax.Jurisdiction && e.Covers(day, line.ProductClass)) is { } exemption
            && rate.Category == TaxCategory.Standard)
        {
            return new(
                tax.Jurisdiction, tax.Tax, TaxCategory.Exempt, 0m, "common.exempt_buyer", exemption.Reason, exemption.VatexCode);
        }
        return new(tax.Jurisdiction, tax.Tax, rate.Category, rate.Rate, tax.Rule, rate.Reason, rate.Vatex);
    }

    private AssessedLine Held(string code, string reason) => AssessedLine.Held(new(code, reason, line.Id));
}
