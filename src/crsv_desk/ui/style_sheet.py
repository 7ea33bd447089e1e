"""The style sheet: type and frames. Buttons, choices and steps paint themselves; combo boxes stay Fusion's."""

from __future__ import annotations

from crsv_desk.ui.tokens import Tokens


def style_sheet(tokens: Tokens, scale: float) -> str:
    """For the whole application, at a text size of ``scale`` (1.0 to 2.0)."""
    return "\n".join((_type(tokens, scale), _frames(tokens), _inputs(tokens, scale), _lists(tokens, scale)))


def _type(t: Tokens, scale: float) -> str:
    def px(size: float) -> str:
        return f"{round(size * scale)}px"

    return f"""
    QLabel {{ background: transparent; color: {t.text}; }}
    QLabel[type="title"] {{ font: bold {px(26)} "Noto Serif"; }}
    QLabel[type="title-s"] {{ font: bold {px(22)} "Noto Serif"; }}
    QLabel[type="card-title"] {{ font: bold {px(19)} "Noto Serif"; }}
    QLabel[type="h2"] {{ font: bold {px(17)} "Noto Sans"; }}
    QLabel[type="strong"] {{ font: bold {px(15)} "Noto Sans"; }}
    QLabel[type="verdict"] {{ font-size: {px(17)}; }}
    QLabel[type="label"] {{ font: bold {px(14)} "Noto Sans"; }}
    QLabel[type="muted"] {{ color: {t.muted}; }}
    QLabel[type="small"] {{ font-size: {px(13)}; color: {t.muted}; }}
    QLabel[type="letter"] {{ font: {px(17)} "Noto Serif"; }}
    QLabel[type="letter-strong"] {{ font: bold {px(17)} "Noto Serif"; }}
    QLabel[type="letter-muted"] {{ font: {px(16)} "Noto Serif"; color: {t.muted}; }}
    QLabel[type="code"] {{ font: bold {px(36)} "Noto Sans"; }}
    QLabel[tone="ok"] {{ color: {t.ok}; }}
    QLabel[tone="warn"] {{ color: {t.warn}; }}
    QLabel[tone="bad"] {{ color: {t.bad}; }}
    QLabel[tone="accent"] {{ color: {t.accent}; }}
    QToolTip {{ padding: 4px; border: 1px solid {t.edge}; color: {t.text}; background: {t.surface}; }}
    """


def _frames(t: Tokens) -> str:
    b = t.border
    return f"""
    QMainWindow, QDialog, QWidget#page, QWidget#scrolled {{ background: {t.bg}; }}
    QScrollArea, QScrollArea > QWidget#qt_scrollarea_viewport {{ background: transparent; border: none; }}
    QFrame[frame="card"] {{ background: {t.surface}; border: {b}px solid {t.line}; border-radius: 8px; }}
    QFrame[frame="card-accent"] {{ background: {t.surface}; border: {b}px solid {t.accent}; border-radius: 8px; }}
    QFrame[frame="card"]:focus {{ border: 2px solid {t.focus}; }}
    QFrame[frame="paper"] {{ background: {t.paper}; border: {b}px solid {t.line}; border-radius: 4px; }}
    QFrame[frame="tray"] {{ background: {t.sunken}; border: {b}px solid {t.line}; border-radius: 8px; }}
    QFrame[frame="tray-plain"] {{ background: {t.sunken}; border: none; }}
    QFrame[frame="strip-bad"] {{ background: {t.bad_soft}; border: {b}px solid {t.bad}; border-radius: 8px; }}
    QFrame[frame="strip-warn"] {{ background: {t.warn_soft}; border: {b}px solid {t.warn}; border-radius: 8px; }}
    QFrame[frame="header"] {{ background: {t.surface}; border: none; border-bottom: {b}px solid {t.line}; }}
    QFrame[frame="bar"] {{ background: {t.surface}; border: none; border-top: {b}px solid {t.line}; }}
    QFrame[frame="rail"] {{ background: {t.surface}; border: none; border-right: {b}px solid {t.line}; }}
    QFrame[frame="group"] {{ border: 2px solid transparent; border-radius: 6px; background: transparent; }}
    QFrame[frame="group"]:focus {{ border: 2px solid {t.focus}; }}
    QFrame[frame="block"] {{ border: none; border-left: 3px solid transparent; background: transparent; }}
    QFrame[frame="block"]:focus {{ border-left: 3px solid {t.accent}; background: {t.accent_soft}; }}
    QFrame[frame="rule"] {{ border: none; background: {t.line}; }}
    """


def _inputs(t: Tokens, scale: float) -> str:
    height = round(22 * scale)
    # Fusion takes the edge of these from shades, and high contrast has none.
    edges = f"QComboBox, QAbstractSpinBox {{ border: 2px solid {t.edge}; padding-left: 8px; }}" if t.border > 1 else ""
    return f"""
    {edges}
    QLineEdit, QPlainTextEdit {{
        border: 1px solid {t.edge}; border-radius: 8px; background: {t.surface}; color: {t.text};
        padding: 8px 12px; selection-background-color: {t.accent}; selection-color: {t.on_accent};
    }}
    QLineEdit {{ min-height: {height}px; }}
    QLineEdit:read-only {{ background: {t.bg}; }}
    QLineEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {t.focus}; padding: 7px 11px; }}
    QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"] {{ border: 2px solid {t.bad}; padding: 7px 11px; }}
    QComboBox, QAbstractSpinBox {{ min-height: {height + 8}px; }}
    QProgressBar {{ border: 1px solid {t.edge}; border-radius: 4px; background: {t.sunken}; text-align: center;
        color: {t.text}; min-height: {height}px; }}
    QProgressBar::chunk {{ background: {t.accent_soft}; border-right: 3px solid {t.accent}; }}
    QScrollBar:vertical {{ background: {t.sunken}; width: 12px; margin: 0; border-radius: 6px; }}
    QScrollBar::handle:vertical {{ background: {t.edge}; border-radius: 6px; min-height: 40px; }}
    QScrollBar:horizontal {{ background: {t.sunken}; height: 12px; margin: 0; border-radius: 6px; }}
    QScrollBar::handle:horizontal {{ background: {t.edge}; border-radius: 6px; min-width: 40px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def _lists(t: Tokens, scale: float) -> str:
    small, table = round(13 * scale), round(14 * scale)
    return f"""
    QTableView {{ background: {t.surface}; border: 2px solid {t.surface}; gridline-color: {t.line}; color: {t.text};
        font-size: {table}px; selection-background-color: {t.accent_soft}; selection-color: {t.text}; outline: 0; }}
    QTableView::item {{ padding: 0 8px; }}
    QTableView:focus {{ border: 2px solid {t.focus}; }}
    QHeaderView {{ background: {t.surface}; }}
    QHeaderView::section {{ background: {t.surface}; color: {t.muted}; font: bold {small}px "Noto Sans"; border: none;
        border-bottom: 1px solid {t.edge}; padding: 8px 10px; }}
    QTableCornerButton::section {{ background: {t.surface}; border: none; }}
    QListView {{ background: {t.surface}; border: 2px solid {t.surface}; outline: 0; color: {t.text}; }}
    QListView:focus {{ border: 2px solid {t.focus}; }}
    QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.edge}; padding: 4px; }}
    QMenu::item {{ padding: 8px 24px 8px 12px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.accent}; color: {t.on_accent}; }}
    """
