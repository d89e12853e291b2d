namespace OrleansBilling.Core.Taxation;

/// <summary>The legal entity that sells.</summary>
/// <param name="Place">Where it is established.</param>
/// <param name="Registrations">All, past ones too. Being established somewhere is no registration.</param>
/// <param name="UsesEuThreshold">True only for a seller that is established in one member state, whose sales to consumers of other
/// member states were and are within EUR 10,000 a year, and that has not opted out: those sales are then taxed at home (Directive
/// 2006/112/EC, Art. 59c). Nobody else can know it, so it is the seller's statement. Default false.</param>
public sealed record TaxSeller(TaxPlace Place, IReadOnlyList<TaxRegistration> Registrations, bool UsesEuThreshold = false);
