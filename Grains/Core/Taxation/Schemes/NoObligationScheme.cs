namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>A country of an operator's file in which its sellers owe nothing, as the operator states with a source.</summary>
internal sealed class NoObligationScheme : ITaxScheme
{
    public string Tax => "NONE";

    public IReadOnlyList<string> Rules => ["none.no_obligation"];

    public Decision Domestic(Supply supply) => supply.NotCovered("the data only says that sellers from abroad owe nothing here.");

    public Decision Inbound(Supply supply) => new Decision.NotOwed("none.no_obligation");

    public Decision Outbound(Supply supply) => supply.NotCovered("the data only says that sellers from abroad owe nothing here.");
}
