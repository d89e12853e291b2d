namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>VAT of Norway: Merverdiavgiftsloven of 19 June 2009 no. 58.</summary>
internal sealed class NorwayScheme : ITaxScheme
{
    public string Tax => "VAT";

    public IReadOnlyList<string> Rules =>
        ["no.domestic", "no.inbound.reverse_charge", "no.inbound.consumer", "no.inbound.not_obliged", "no.inbound.goods",
            "no.outbound.services", "no.outbound.goods"];

    public Decision Domestic(Supply supply) => supply.Registered("NO", TaxRegistrationKind.Ordinary)
        ? Decision.Charge("no.domestic", ("NO", "VAT"))
        : supply.NotRegistered("NO", "VAT");

    public Decision Inbound(Supply supply)
    {
        if (supply.IsGoods)
        {
            return supply.IsBusiness
                ? new Decision.NotOwed("no.inbound.goods")
                : supply.NotCovered("goods sent to consumers from abroad are not covered.");
        }
        if (!supply.IsRemote)
        {
            return supply.NotCovered("only telecommunications and electronic services from abroad are covered.");
        }
        // A seller in the ordinary register charges businesses as well; the buyer owes the tax only of sellers outside it (§ 3-30).
        if (supply.Registered("NO", TaxRegistrationKind.Ordinary))
        {
            return Decision.Charge("no.domestic", ("NO", "VAT"));
        }
        if (supply.IsBusiness)
        {
            return supply.Number("NO") switch
            {
                NumberState.Valid => new Decision.NotOwed("no.inbound.reverse_charge") { Notes = ["reverse_charge"] },
                NumberState.Invalid => supply.NumberInvalid("organisation number of Norway"),
                _ => Supply.NumberMissing("organisation number"),
            };
        }
        if (supply.Registered("NO", TaxRegistrationKind.ForeignSupplier))
        {
            return Decision.Charge("no.inbound.consumer", ("NO", "VAT"));
        }
        return supply.Registered("NO", TaxRegistrationKind.NotObliged)
            ? new Decision.NotOwed("no.inbound.not_obliged")
            : supply.NotRegistered("NO", "VAT (ordinary or VOEC)");
    }

    public Decision Outbound(Supply supply)
    {
        if (supply.IsGoods)
        {
            return new Decision.Free("NO", "VAT", TaxCategory.Export, "no.outbound.goods", "export");
        }
        return supply.IsRemote
            ? new Decision.Free("NO", "VAT", TaxCategory.Export, "no.outbound.services", "export_of_services")
            : supply.NotCovered("only telecommunications and electronic services to abroad are covered.");
    }
}
