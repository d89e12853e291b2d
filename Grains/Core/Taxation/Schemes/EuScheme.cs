namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>VAT of the European Union: Directive 2006/112/EC, with Northern Ireland as <c>XI</c> for goods (Windsor Framework, Art. 8).</summary>
internal sealed class EuScheme : ITaxScheme
{
    private const string Vat = "VAT";

    public string Tax => "VAT";

    public IReadOnlyList<string> Rules =>
    [
        "eu.domestic", "eu.b2b.reverse_charge", "eu.b2c.remote", "eu.b2c.threshold", "eu.b2c.services", "eu.goods.intra_community",
        "eu.goods.distance", "eu.inbound.reverse_charge", "eu.inbound.remote", "eu.inbound.goods", "eu.outbound.services",
        "eu.outbound.goods",
    ];

    /// <summary>The member state of a place, for goods: Northern Ireland counts as one; null elsewhere.</summary>
    internal static string? MemberState(TaxPlace place, TaxData data)
    {
        if (UnitedKingdomScheme.IsNorthernIreland(place))
        {
            return UnitedKingdomScheme.NorthernIreland;
        }
        return data.TryFind(place.Country, out var found) && found.Scheme == "eu" ? found.Code : null;
    }

    public Decision Domestic(Supply supply)
    {
        var (home, there) = (State(supply, supply.Seller.Place), State(supply, supply.Place));
        if (home == there)
        {
            return Charged(supply, home, "eu.domestic");
        }
        if (supply.IsElectricity)
        {
            return supply.NotCovered("electricity is covered only where seller and place are in one country.");
        }
        return supply.IsBusiness ? ToBusiness(supply, home, there) : ToConsumer(supply, home, there);
    }

    public Decision Inbound(Supply supply)
    {
        var there = State(supply, supply.Place);
        if (supply.IsGoods)
        {
            return supply.IsBusiness
                ? new Decision.NotOwed("eu.inbound.goods")
                : supply.NotCovered("goods sent to consumers from outside the EU are not covered.");
        }
        if (supply.IsElectricity)
        {
            return supply.NotCovered("electricity is covered only where seller and place are in one country.");
        }
        if (supply.IsBusiness)
        {
            switch (supply.Number(there))
            {
                case NumberState.Valid:
                    return new Decision.NotOwed("eu.inbound.reverse_charge") { Notes = Confirmed(supply, "reverse_charge") };
                case NumberState.Invalid:
                    return supply.NumberInvalid($"VAT number of {there}");
                case NumberState.None when !supply.IsRemote:
                    return Supply.NumberMissing("VAT number");
            }
        }
        if (!supply.IsRemote)
        {
            return supply.NotCovered("services other than telecommunications and electronic ones to EU consumers are not covered.");
        }
        return supply.Registered(there, TaxRegistrationKind.Ordinary) || supply.Registered(TaxRegistrationKind.OssNonUnion)
            ? Decision.Charge("eu.inbound.remote", (there, Vat))
            : supply.NotRegistered(there, "VAT (local or by OSS, non-Union scheme)");
    }

    public Decision Outbound(Supply supply)
    {
        var home = State(supply, supply.Seller.Place);
        if (supply.IsGoods)
        {
            return new Decision.Free(home, Vat, TaxCategory.Export, "eu.outbound.goods", "export", "VATEX-EU-G");
        }
        return supply.IsRemote || supply.IsBusiness
            ? new Decision.Free(home, Vat, TaxCategory.OutsideScope, "eu.outbound.services", "place_of_supply_abroad", "VATEX-EU-O")
            : supply.NotCovered("whether Art. 59 applies to it is not known: use another class, or state the place.");
    }

    private static Decision ToBusiness(Supply supply, string home, string there)
    {
        var number = supply.Number(there);
        if (number == NumberState.Invalid)
        {
            return supply.NumberInvalid($"VAT number of {there}");
        }
        if (number == NumberState.None)
        {
            // A buyer of these that gives no number may be treated as a consumer (Regulation 282/2011, Art. 18(2)).
            return supply.IsRemote ? ToConsumer(supply, home, there) : Supply.NumberMissing("VAT number");
        }
        if (supply.IsGoods)
        {
            return supply.Registered(home, TaxRegistrationKind.Ordinary)
                ? new Decision.Free(home, Vat, TaxCategory.IntraCommunity, "eu.goods.intra_community", "intra_community", "VATEX-EU-IC")
                {
                    Notes = Confirmed(supply),
                }
                : supply.NotRegistered(home, "An intra-Community supply needs a VAT number of the seller; VAT");
        }
        return supply.Registered(home, TaxRegistrationKind.Ordinary)
            ? new Decision.Free(home, Vat, TaxCategory.ReverseCharge, "eu.b2b.reverse_charge", "reverse_charge", "VATEX-EU-AE")
            {
                Notes = Confirmed(supply, "reverse_charge"),
            }
            : supply.NotRegistered(home, "The seller's VAT number has to be on the invoice (Art. 214(1)(e)); VAT");
    }

    private static Decision ToConsumer(Supply supply, string home, string there)
    {
        if (!supply.IsRemote && !supply.IsGoods)
        {
            return Charged(supply, home, "eu.b2c.services");
        }
        if (supply.Seller.UsesEuThreshold)
        {
            return Charged(supply, home, "eu.b2c.threshold");
        }
        if (there == UnitedKingdomScheme.NorthernIreland || home == UnitedKingdomScheme.NorthernIreland)
        {
            return supply.NotCovered("distance sales from and to Northern Ireland are not covered.");
        }
        return supply.Registered(there, TaxRegistrationKind.Ordinary) || supply.Registered(TaxRegistrationKind.OssUnion)
            ? Decision.Charge(supply.IsGoods ? "eu.goods.distance" : "eu.b2c.remote", (there, Vat))
            : supply.NotRegistered(there, "VAT (local or by OSS, Union scheme)");
    }

    private static Decision Charged(Supply supply, string state, string rule) => supply.Registered(state, TaxRegistrationKind.Ordinary)
        ? Decision.Charge(rule, (state == UnitedKingdomScheme.NorthernIreland ? "GB" : state, Vat))
        : supply.NotRegistered(state, Vat);

    private static string[] Confirmed(Supply supply, params IEnumerable<string> notes) =>
        supply.Buyer.TaxNumberCheck == TaxNumberCheck.Confirmed ? [.. notes] : [.. notes, "number_not_confirmed"];

    private static string State(Supply supply, TaxPlace place) => supply.IsGoods && UnitedKingdomScheme.IsNorthernIreland(place)
        ? UnitedKingdomScheme.NorthernIreland
        : place.Country == "MC" ? "FR" : place.Country;
}
