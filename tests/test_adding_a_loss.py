"""A loss is one file and one line: the documented one is added to a copy of the project and seen through its page."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINE = "        asymmetric.ASYMMETRIC,\n"
LOOK = """
import json
from pathlib import Path
import numpy as np
from streamlit.testing.v1 import AppTest
from explorer.losses import CATALOGUE
from explorer.surface import evaluate, value_and_slope
from explorer.ui.compute import engine

spec = CATALOGUE["asymmetric"]
y_true, y_pred = np.random.default_rng(0).normal(size=(2, 50, 3))
values, slope = value_and_slope(spec, y_true, y_pred, factor=4.0)
np.testing.assert_allclose(values, spec.reference(y_true, y_pred, factor=4.0), rtol=1e-12)
step = 1e-6 * np.eye(3)[1]
rise = spec.reference(y_true, y_pred + step, factor=4.0) - spec.reference(y_true, y_pred - step, factor=4.0)
np.testing.assert_allclose(slope[:, 1], rise / 2e-6, rtol=1e-4, atol=1e-6)

test = AppTest.from_file("explorer/ui/main.py", default_timeout=120)
test.query_params["loss"] = "Asymmetric error"
test.run()
test.switch_page(str(Path("pages/see/surface.py").resolve())).run()
assert not test.exception and not test.error, (test.exception, test.error)

def heights():
    told = [json.loads(part.proto.json) for part in test.get("bidi_component") if part.proto.json]
    return next(data["figure"] for data in told if data.get("name") == "surface")

before = heights()
test.slider(key="asymmetric-error.factor").set_value(6.0).run()
assert not test.exception and heights() != before
assert "6" in test.latex[0].value
engine().close()
print("seen")
"""


def test_the_documented_loss_gets_everything_for_one_file_and_one_line(tmp_path):
    for part in ("explorer", "pages", "data", "docs"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    text = (ROOT / "docs" / "adding-a-loss.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert LINE in text
    (tmp_path / "explorer" / "losses" / "asymmetric.py").write_text(code, encoding="utf-8")
    catalogue = tmp_path / "explorer" / "losses" / "__init__.py"
    text = catalogue.read_text(encoding="utf-8")
    text = re.sub(r"from explorer\.losses import \(?", lambda found: f"{found[0]}asymmetric, ", text, count=1)
    catalogue.write_text(text.replace("    for spec in (\n", f"    for spec in (\n{LINE}", 1), encoding="utf-8")
    (tmp_path / "look.py").write_text(LOOK, encoding="utf-8")
    seen = subprocess.run([sys.executable, "look.py"], cwd=tmp_path, capture_output=True, text=True, timeout=240)
    assert seen.stdout.strip().endswith("seen"), seen.stderr[-3000:]
