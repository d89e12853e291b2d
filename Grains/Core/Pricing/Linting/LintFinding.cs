using OrleansBilling.Core.Documents;
using OrleansBilling.Core.Validation;

namespace OrleansBilling.Core.Pricing.Linting;

/// <summary>Something to look at in a plan that somebody wrote.</summary>
/// <param name="Error">What and where, with a stable code: <c>lint.*</c> for warnings, else that of publishing.</param>
/// <param name="At">The place in the file.</param>
/// <param name="IsWarning">Whether the plan would be accepted all the same.</param>
public sealed record LintFinding(ValidationError Error, TextPosition At, bool IsWarning);
